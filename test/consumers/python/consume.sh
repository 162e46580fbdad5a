# The wheel, in a virtual environment of its own.

use_python() {
  check 'package' package python || return
  project python
  check 'install' install_wheel || return
  local python=environment/bin/python
  check 'synthesize: equal' synthesizes_the_same app "$python" app.py
  check 'synthesize with every property: equal' synthesizes_the_same every-property "$python" every_property.py
  check 'synthesize the app of docs/python.md: equal' synthesizes_the_same nightly "$python" nightly.py
  check 'snippets of docs/python.md' runs_snippets "$python" readme.py "$repository/docs/python.md"
  check 'bad input: an exception with every problem' refuses 'RuntimeError: ' "$python" bad_input.py
  check 'help(ProcessingJob): its example is in Python' shows_example python.txt 'ProcessingJob(self, "Prepare",' \
    "$python" -c 'import cdk_sagemaker_jobs, pydoc; print(pydoc.render_doc(cdk_sagemaker_jobs.ProcessingJob, renderer=pydoc.plaintext))'
  check 'no example, not even of the page on PyPI, is in TypeScript' has_no_typescript environment/lib/python3*/site-packages/cdk_sagemaker_jobs*
  "$python" run_tests.py
  check 'bad input: all tests pass' test $? -eq 0
}

install_wheel() {
  python3 -m venv environment \
    && environment/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt "$packages"/python/*.whl \
    && environment/bin/pip check
}
