using System.Runtime.InteropServices;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Terminal;

namespace SearchCluster.Cli.Tests.Terminal;

public sealed class InterruptSignalsTests
{
    [Fact]
    public void The_first_signal_asks_and_the_second_ends_the_process_whatever_else_has_a_handler_for_it()
    {
        var abrupt = 0;
        var ends = new List<int>();
        using var signals = new InterruptSignals(() => abrupt++, ends.Add);
        var (first, second) = (new PosixSignalContext(PosixSignal.SIGINT), new PosixSignalContext(PosixSignal.SIGINT));

        signals.Handle(first, ExitCodes.Interrupted);
        signals.Token.IsCancellationRequested.ShouldBeTrue();
        first.Cancel.ShouldBeTrue();
        abrupt.ShouldBe(0);

        signals.Handle(second, ExitCodes.Interrupted);
        ends.ShouldBe([130]);
        abrupt.ShouldBe(1);
    }

    [Fact]
    public void The_exit_code_tells_the_signal()
    {
        using var signals = new InterruptSignals();

        signals.Handle(new PosixSignalContext(PosixSignal.SIGTERM), ExitCodes.Terminated);

        signals.ExitCode.ShouldBe(143);
    }
}
