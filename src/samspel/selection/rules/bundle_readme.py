"""The words that follow a bundle: what it is, and how to check it by hand, in Swedish and English."""

README = """
{secrecy}

URVALSOMGÅNG {round}
====================
Här finns allt som avgjorde urvalet, så att vem som helst som får läsa det kan räkna om det.

  data.json    de frysta uppgifterna: varje huvudman med sina värden, källor och anmärkningar
  rules.json   reglerna: ram, kriterier, vikter, strata och val
  seed.txt     lottens frö, hexadecimalt ("-" om inget lottades)
  result.json  resultatet: ram, rangordning, par, lottning och erbjudanden

Kontrollera allt:  samspel select verify --bundle FILEN.zip
Det frysta dokumentets SHA-256, publicerat vid frysningen:
  {digest}
Det tas på innehållet i data.json med rules.json inlagt under nyckeln "rules", skrivet som JSON i UTF-8 med nycklarna
i kodpunktsordning, utan blanksteg och med text i NFC.

För hand: åtagandet är SHA-256 av fröets byte. I varje par dras den som har minst SHA-256(frö ‖ organisationsnummer),
där numret är tio siffror i ASCII. Paren ordnas efter SHA-256(frö ‖ lägre nummer ‖ högre nummer). Varje del av en poäng
är tecken × vikt × omräknat värde, avrundad till nio decimaler (hälften till jämnt); poängen är delarnas summa; vid
lika poäng går lägre organisationsnummer före.

SELECTION ROUND {round}
=======================
Everything that decided the selection is here, so that anybody who may read it can reckon it again.

  data.json    the frozen data: each organizer with its figures, sources and marks
  rules.json   the rules: frame, criteria, weights, strata and choice
  seed.txt     the seed of the lot, hexadecimal ("-" if nothing was drawn by lot)
  result.json  the result: frame, ranking, pairs, draw and offers

Check all of it:  samspel select verify --bundle FILE.zip
SHA-256 of the frozen document, published at the freeze:
  {digest}
It is taken of the content of data.json with rules.json put in under the key "rules", written as JSON in UTF-8 with
keys in the order of code points, without white space and with text in NFC.

By hand: the commitment is SHA-256 of the bytes of the seed. In each pair the one with the smaller SHA-256(seed ‖
organization number) is drawn, the number as ten ASCII digits. Pairs are ordered by SHA-256(seed ‖ lower number ‖
higher number). Each part of a score is sign × weight × transformed value, rounded to nine decimals (half to even); the
score is their sum; at equal scores the lower organization number goes first.
"""
