using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Commands.Results;

public sealed class EnsembleStoreTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_store_that_cannot_be_written_is_told_before_anything_is_built()
    {
        AnalysisSample.FillIn(_cli.Service);

        // A file in the place of the folder is refused for everybody, also where the tests have all rights.
        _cli.Connector.StateFolder = _cli.Write("state", "a file");

        (await _cli.RunAsync("ensemble", "build", "digits")).ShouldBe(12);

        _cli.Error.ShouldContain("SC2021: The ensemble was not built, because it would be saved below");
        _cli.Error.ShouldContain("make the folder writable or make room, then run the command again");
        _cli.Error.ShouldNotContain("goes on by itself");
    }
}
