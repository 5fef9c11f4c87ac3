using System.Runtime.InteropServices;
using SearchCluster.Cli.Failures;

namespace SearchCluster.Cli.Terminal;

/// <summary>Ctrl-C, SIGTERM and the end of the terminal: the first asks the command to end in order, a second one ends the process at
/// once.</summary>
internal sealed class InterruptSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _beforeAbruptEnd;
    private readonly Action<int> _endAtOnce;
    private Action? _onSecond;

    public InterruptSignals(Action? beforeAbruptEnd = null, Action<int>? endAtOnce = null) =>
        (_beforeAbruptEnd, _endAtOnce) = (beforeAbruptEnd ?? (() => { }), endAtOnce ?? ProcessExit.AtOnce);

    public CancellationToken Token => _source.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM, 129 after the end of the terminal.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>Starts to listen to the operating system.</summary>
    public InterruptSignals Listen()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, ExitCodes.Interrupted)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, ExitCodes.Terminated)));
        if (!HangUp.IsIgnored())
        {
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Handle(context, ExitCodes.HungUp)));
        }

        return this;
    }

    /// <summary>Lets the command do something at a second signal, instead of an end of the process at once; a third one ends it.</summary>
    public void OnSecond(Action action) => Volatile.Write(ref _onSecond, action);

    /// <summary>What a first Ctrl-C does.</summary>
    public void Interrupt(int exitCode = ExitCodes.Interrupted)
    {
        ExitCode = exitCode;
        _source.Cancel();
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    internal void Handle(PosixSignalContext context, int exitCode)
    {
        if (_source.IsCancellationRequested)
        {
            if (Interlocked.Exchange(ref _onSecond, null) is { } action)
            {
                context.Cancel = true;
                action();
                return;
            }

            // Not left to the runtime, which ends nothing where a library has a handler of its own for the signal.
            context.Cancel = true;
            _beforeAbruptEnd();
            _endAtOnce(exitCode);
            return;
        }

        context.Cancel = true;
        Interrupt(exitCode);
    }
}
