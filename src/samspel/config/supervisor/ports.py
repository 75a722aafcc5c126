"""The address that people reach."""

from __future__ import annotations

import http.client
import ipaddress
import socket

from samspel.config.refused import Refused

LOOPBACK_NAMES = {"localhost"}


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches that host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK_NAMES


def refuse_taken(host: str, port: int) -> None:
    """Bind once before starting: the web server shares its port, so two versions would answer in turn."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise Refused(
                f"{host}:{port} cannot be used: {error.strerror}. Choose another port with --port or PORT."
            ) from error


def free(host: str) -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as trial:
        trial.bind((host, 0))
        return int(trial.getsockname()[1])


def answers(host: str, port: int) -> bool:
    """Whether the web server answers at `/halsa/live`."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=5)
    try:
        connection.request("GET", "/halsa/live", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def shown(host: str, port: int) -> str:
    """The address to print."""
    name = _reachable(host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"
