# The wheel, in an empty virtual environment.

use_python() {
  check 'package' package python || return
  project python
  check 'install' install_wheel || return
  check 'synthesize: equal' synthesizes_the_same .venv/bin/python app.py
  check 'bad input: a RuntimeError with every problem' refuses 'RuntimeError:' .venv/bin/python bad_input.py
  check 'bad input that only Python lets pass' .venv/bin/python -m unittest test_bad_input
}

install_wheel() {
  python3 -m venv .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt "$packages"/python/*.whl
}
