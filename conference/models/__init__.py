"""What all content shares, and the conference itself."""

from conference.models.conference import Conference
from conference.models.editing import (
    AccountEvent,
    AuthenticatorApp,
    ChangeRun,
    EditorScope,
    FieldComment,
    FormPreview,
    Gap,
    GateOverride,
    GroupPolicy,
    LinkCheck,
    Notice,
    OpenForm,
    OutgoingLink,
    OwnSession,
    Passkey,
    PreviewLink,
    RecoveryCode,
    RequirementSetting,
    ReviewRequest,
    Revision,
    TrashedRecord,
    UnsavedInput,
    WorkingCopy,
)
from conference.models.exchange import ColumnMapping, ExportJob, HarvestEntry, ImportSource, Origin
from conference.models.former_slug import FormerSlug
from conference.models.image import Image
from conference.models.material import Material
from conference.models.organisation import Organisation
from conference.models.page import Page
from conference.models.search import SearchDocument, SearchTerm
from conference.models.theme import Theme

__all__ = [
    "AccountEvent",
    "AuthenticatorApp",
    "ChangeRun",
    "ColumnMapping",
    "Conference",
    "EditorScope",
    "ExportJob",
    "FieldComment",
    "FormPreview",
    "FormerSlug",
    "Gap",
    "GateOverride",
    "GroupPolicy",
    "HarvestEntry",
    "Image",
    "ImportSource",
    "LinkCheck",
    "Material",
    "Notice",
    "OpenForm",
    "Organisation",
    "Origin",
    "OutgoingLink",
    "OwnSession",
    "Page",
    "Passkey",
    "PreviewLink",
    "RecoveryCode",
    "RequirementSetting",
    "ReviewRequest",
    "Revision",
    "SearchDocument",
    "SearchTerm",
    "Theme",
    "TrashedRecord",
    "UnsavedInput",
    "WorkingCopy",
]
