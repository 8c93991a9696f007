"""What an issued plan makes units owe, from the day of issue to the day it is closed.

`slots` is pure; `members` says who; `fanout` opens, `takeover` carries over to an amendment, `issuing` does both;
`events` wakes what waits, `followers` what waits for another task; `moving` follows the calendar; `joining` tells the
rooms below.
"""
