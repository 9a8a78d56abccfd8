"""The running program: command line, configuration, the Application, what it polls, answers and sends."""
