"""Values as German readers write them: on the page that shows the first rows, and on paper."""

import datetime
import decimal
from typing import Any


def words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.timedelta):
        return clock(value)
    if isinstance(value, decimal.Decimal | float):
        return str(value).replace(".", ",")
    return str(value)


def clock(duration: datetime.timedelta) -> str:
    """Hours, minutes, seconds: 1:28:40."""
    total = int(duration.total_seconds())
    minutes, seconds = divmod(abs(total), 60)
    return f"{'-' * (total < 0)}{minutes // 60}:{minutes % 60:02}:{seconds:02}"
