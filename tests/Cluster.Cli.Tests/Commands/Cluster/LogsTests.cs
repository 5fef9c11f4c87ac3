using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Tests.Commands.Cluster;

public sealed class LogsTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("--since 1s", "No line passes since ")]
    [InlineData("coordinator --since 1s", "No line passes since ")]
    [InlineData("--level error", "No line passes.")]
    public async Task Lines_of_before_are_no_reason_to_say_that_nobody_wrote(string options, string words)
    {
        Write(ImpatientClock.Start.AddHours(-2));

        (await _cli.RunAsync(["logs", "--state", _cli.Folder, .. options.Split(' ')])).ShouldBe(0);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldStartWith(words);
        _cli.Error.Contains("the last one before that is of ", StringComparison.Ordinal)
            .ShouldBe(options.Contains("--since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_logs_is_said_to_have_none()
    {
        (await _cli.RunAsync("logs", "--since", "1s", "--state", _cli.Folder)).ShouldBe(0);

        _cli.Error.ShouldStartWith("No process has written a log in ");
    }

    private void Write(DateTimeOffset at)
    {
        var folder = StateFolder.Resolve(_cli.Folder).LogsFolder;
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "coordinator.jsonl");
        File.WriteAllText(path, $$"""{"@t":"{{at.UtcDateTime:O}}","@l":"Information","@m":"It listens.","process":"coordinator"}""" + "\n");
        File.SetLastWriteTimeUtc(path, at.UtcDateTime);
    }
}
