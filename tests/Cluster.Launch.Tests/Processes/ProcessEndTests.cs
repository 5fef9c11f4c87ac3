using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Tests.Processes;

public sealed class ProcessEndTests
{
    [Fact]
    public void An_exit_code_is_named() =>
        new ProcessEnd(5, TimeSpan.FromSeconds(2.25), []).Describe().ShouldBe("ended with exit code 5 after 2.3 s");

    [Theory]
    [InlineData(137, "was ended by signal 9 (SIGKILL) after 0 s")]
    [InlineData(134, "was ended by signal 6 (SIGABRT) after 0 s")]
    [InlineData(139, "was ended by signal 11 (SIGSEGV) after 0 s")]
    [InlineData(124, "ended with exit code 124 after 0 s")]
    [InlineData(255, "ended with exit code 255 after 0 s")]
    public void A_signal_is_named(int code, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are of Unix.");

        new ProcessEnd(code, TimeSpan.Zero, []).Describe().ShouldBe(expected);
    }
}
