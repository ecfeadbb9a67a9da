"""What editing leaves behind: revisions, working copies, unsaved input, the trash, reviews, gaps, runs."""

from conference.models.editing.accounts import (
    AccountEvent,
    AuthenticatorApp,
    GroupPolicy,
    OwnSession,
    Passkey,
    RecoveryCode,
)
from conference.models.editing.change_run import ChangeRun
from conference.models.editing.gap import Gap, GateOverride, RequirementSetting
from conference.models.editing.link_check import LinkCheck, OutgoingLink
from conference.models.editing.preview_link import PreviewLink
from conference.models.editing.review import FieldComment, Notice, ReviewRequest
from conference.models.editing.revision import Revision
from conference.models.editing.scope import EditorScope
from conference.models.editing.trash import TrashedRecord
from conference.models.editing.typing import FormPreview, OpenForm, UnsavedInput
from conference.models.editing.working_copy import WorkingCopy

__all__ = [
    "AccountEvent",
    "AuthenticatorApp",
    "ChangeRun",
    "EditorScope",
    "FieldComment",
    "FormPreview",
    "Gap",
    "GateOverride",
    "GroupPolicy",
    "LinkCheck",
    "Notice",
    "OpenForm",
    "OutgoingLink",
    "OwnSession",
    "Passkey",
    "PreviewLink",
    "RecoveryCode",
    "RequirementSetting",
    "ReviewRequest",
    "Revision",
    "TrashedRecord",
    "UnsavedInput",
    "WorkingCopy",
]
