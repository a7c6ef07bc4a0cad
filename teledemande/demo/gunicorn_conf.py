"""How gunicorn serves the demonstration; read by `gunicorn --config python:…`."""

from teledemande.demo.lifetime import die_with_current_parent

worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 2  # Ctrl-C must end within five seconds
preload_app = False
# It would be a file in the home directory: the demonstration writes nothing outside its own folder.
control_socket_disable = True


def post_fork(server, worker):
    die_with_current_parent()
