"""Which images lie in the designer's bucket as well. Any process; on reader threads."""

import json
from collections.abc import Sequence

from dmdx_desktop.library.connections import Connection


def copied_images(connection: Connection, keys: Sequence[int]) -> frozenset[int]:
    """Those of these images of which a verified copy lies in a bucket, this one or a former one."""
    cursor = connection.execute(
        "SELECT output.key FROM json_each(?) AS wanted JOIN output ON output.key = wanted.value"
        " JOIN bucket_copy ON bucket_copy.render_key = output.render_key WHERE bucket_copy.state = 'stored'",
        (json.dumps(list(keys)),),
    )
    return frozenset(key for (key,) in cursor)
