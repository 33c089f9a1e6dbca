"""Goes on with a submission and is killed by SIGKILL right after so many commits.

Run as a program on the test's database: id of the submission, number of commits; 0 is no kill.
"""

import os
import signal
import sys

import django


def main(submission_id: int, commits: int) -> None:
    django.setup()
    from django.db import connection

    from coalition.translation.domain.submitting import go_on

    connection.ensure_connection()
    commit, done = connection._commit, 0

    def counting() -> None:
        nonlocal done
        commit()
        done += 1
        if done == commits:
            os.kill(os.getpid(), signal.SIGKILL)

    connection._commit = counting
    while go_on(submission_id):
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
