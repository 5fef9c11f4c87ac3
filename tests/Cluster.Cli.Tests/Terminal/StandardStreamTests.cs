using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Terminal;

namespace SearchCluster.Cli.Tests.Terminal;

public sealed class StandardStreamTests
{
    [Fact]
    public void A_closed_output_ends_the_command_in_words()
    {
        using var output = new StandardStream(new Refusing(new UnauthorizedAccessException("bad handle")), isForErrors: false);

        Should.Throw<CliException>(() => output.Write([1])).Message.ShouldContain("it is closed");
    }

    [Fact]
    public void An_output_on_a_full_disk_is_told_as_such()
    {
        using var output = new StandardStream(new Refusing(new IOException("No space left on device", 28)), isForErrors: false);

        var error = Should.Throw<CliException>(() => output.Write([1]));

        (error.ExitCode, error.Code).ShouldBe((12, "SC5100"));
    }

    [Fact]
    public void Without_a_stream_for_errors_the_command_goes_on()
    {
        using var output = new StandardStream(new Refusing(new IOException("bad handle")), isForErrors: true);

        output.Write([1]);
        output.Flush();
    }

    private sealed class Refusing(Exception refusal) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw refusal;

        public override void Flush() => throw refusal;
    }
}
