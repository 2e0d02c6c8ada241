"""What the object store refuses with: code names and statuses of R2. Raised in the server's thread.

Codes and statuses are those of R2's published table of error codes; the ones below the line are S3's own, for what
the table leaves out.
"""

from enum import StrEnum


class ErrorCode(StrEnum):
    """The names in the ``Code`` element of an answer."""

    UNAUTHORIZED = "Unauthorized"
    ACCESS_DENIED = "AccessDenied"
    EXPIRED_REQUEST = "ExpiredRequest"
    SIGNATURE_DOES_NOT_MATCH = "SignatureDoesNotMatch"
    NO_SUCH_BUCKET = "NoSuchBucket"
    BUCKET_CONFLICT = "BucketConflict"
    NO_SUCH_KEY = "NoSuchKey"
    INVALID_OBJECT_NAME = "InvalidObjectName"
    ENTITY_TOO_LARGE = "EntityTooLarge"
    METADATA_TOO_LARGE = "MetadataTooLarge"
    MISSING_CONTENT_LENGTH = "MissingContentLength"
    INVALID_DIGEST = "InvalidDigest"
    BAD_DIGEST = "BadDigest"
    INVALID_RANGE = "InvalidRange"
    PRECONDITION_FAILED = "PreconditionFailed"
    ENTITY_TOO_SMALL = "EntityTooSmall"
    NO_SUCH_UPLOAD = "NoSuchUpload"
    INVALID_PART = "InvalidPart"
    INTERNAL_ERROR = "InternalError"
    SERVICE_UNAVAILABLE = "ServiceUnavailable"
    TOO_MANY_REQUESTS = "TooManyRequests"
    # S3's own.
    AUTHORIZATION_HEADER_MALFORMED = "AuthorizationHeaderMalformed"
    AUTHORIZATION_QUERY_PARAMETERS_ERROR = "AuthorizationQueryParametersError"
    INVALID_ARGUMENT = "InvalidArgument"
    INVALID_PART_ORDER = "InvalidPartOrder"
    INVALID_REGION_NAME = "InvalidRegionName"
    INVALID_REQUEST = "InvalidRequest"
    MALFORMED_XML = "MalformedXML"
    NOT_IMPLEMENTED = "NotImplemented"
    REQUEST_TIME_TOO_SKEWED = "RequestTimeTooSkewed"
    CONTENT_SHA256_MISMATCH = "XAmzContentSHA256Mismatch"


BAD_REQUEST = 400
STATUS = {
    ErrorCode.UNAUTHORIZED: 401,
    ErrorCode.ACCESS_DENIED: 403,
    ErrorCode.SIGNATURE_DOES_NOT_MATCH: 403,
    ErrorCode.REQUEST_TIME_TOO_SKEWED: 403,
    ErrorCode.NO_SUCH_BUCKET: 404,
    ErrorCode.NO_SUCH_KEY: 404,
    ErrorCode.NO_SUCH_UPLOAD: 404,
    ErrorCode.BUCKET_CONFLICT: 409,
    ErrorCode.MISSING_CONTENT_LENGTH: 411,
    ErrorCode.PRECONDITION_FAILED: 412,
    ErrorCode.INVALID_RANGE: 416,
    ErrorCode.TOO_MANY_REQUESTS: 429,
    ErrorCode.INTERNAL_ERROR: 500,
    ErrorCode.NOT_IMPLEMENTED: 501,
    ErrorCode.SERVICE_UNAVAILABLE: 503,
}
"""Statuses by code; all others are bad requests."""

MESSAGES = {
    ErrorCode.UNAUTHORIZED: "Unauthorized",
    ErrorCode.ACCESS_DENIED: "Access Denied",
    ErrorCode.EXPIRED_REQUEST: "Request has expired",
    ErrorCode.SIGNATURE_DOES_NOT_MATCH: (
        "The request signature we calculated does not match the signature you provided. "
        "Check your secret access key and signing method."
    ),
    ErrorCode.NO_SUCH_BUCKET: "The specified bucket does not exist.",
    ErrorCode.NO_SUCH_KEY: "The specified key does not exist.",
    ErrorCode.NO_SUCH_UPLOAD: "The specified multipart upload does not exist.",
    ErrorCode.BAD_DIGEST: "The checksum you specified did not match what we received.",
    ErrorCode.INVALID_DIGEST: "The checksum you specified is not valid.",
    ErrorCode.CONTENT_SHA256_MISMATCH: "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ErrorCode.INVALID_RANGE: "The requested range is not satisfiable",
    ErrorCode.PRECONDITION_FAILED: "At least one of the pre-conditions you specified did not hold.",
    ErrorCode.ENTITY_TOO_SMALL: "Your proposed upload is smaller than the minimum allowed object size.",
    ErrorCode.MISSING_CONTENT_LENGTH: "You must provide the Content-Length HTTP header.",
    ErrorCode.MALFORMED_XML: "The XML you provided was not well formed or did not validate against our schema.",
    ErrorCode.INTERNAL_ERROR: "We encountered an internal error. Please try again.",
    ErrorCode.SERVICE_UNAVAILABLE: "Reduce your request rate.",
    ErrorCode.TOO_MANY_REQUESTS: "Reduce your concurrent request rate for the same object.",
    ErrorCode.REQUEST_TIME_TOO_SKEWED: "The difference between the request time and the server's time is too large.",
}
"""Words by code where nothing more exact is said."""


class R2Error(Exception):
    """A refusal that is answered in XML."""

    def __init__(self, code: ErrorCode, message: str = "") -> None:
        self.code = code
        self.status = STATUS.get(code, BAD_REQUEST)
        self.message = message or MESSAGES.get(code, code.value)
        super().__init__(f"{self.status} {code}: {self.message}")


def not_implemented(what: str) -> R2Error:
    """For what R2, or this server, does not do."""
    return R2Error(ErrorCode.NOT_IMPLEMENTED, f"{what} not implemented")
