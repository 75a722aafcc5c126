"""Addresses of post's pages."""

from django.urls import path, re_path

from samspel.post.views import mailbox, operation, paper, senders

app_name = "post"

MAIL = r"^arbete/post/(?P<key>[0-9]{20}-[0-9a-f]{8})/"

urlpatterns = [
    path("arbete/avsandare/", senders.listing, name="senders"),
    path("arbete/avsandare/<slug:slug>/", senders.sender, name="sender"),
    path("arbete/avsandare/<slug:slug>/prova/", senders.test, name="sender_test"),
    path("arbete/avsandare/<slug:slug>/utseende/", senders.look, name="sender_look"),
    path("arbete/drift/", operation.page, name="operation"),
    path("arbete/drift/meddelanden/<uuid:key>/", operation.settle, name="settle"),
    path("arbete/drift/jobb/<int:number>/", operation.retry, name="retry_job"),
    path("arbete/drift/papper/", paper.listing, name="paper"),
    path("arbete/drift/papper/<slug:pile>.pdf", paper.file, name="paper_file"),
    path("arbete/drift/papper/<slug:pile>/postat/", paper.posted, name="paper_posted"),
    path("arbete/post/", mailbox.listing, name="mailbox"),
    re_path(rf"{MAIL}$", mailbox.mail, name="mail"),
    re_path(rf"{MAIL}html/$", mailbox.look, name="mail_look"),
    re_path(rf"{MAIL}mejl\.eml$", mailbox.source, name="mail_source"),
    re_path(rf"{MAIL}bilagor/(?P<number>[0-9]{{1,3}})/$", mailbox.attachment, name="mail_attachment"),
]
