using Microsoft.Extensions.Logging.Abstractions;
using SearchCluster.GpuWorker.Outbox;

namespace SearchCluster.GpuWorker.Tests.Outbox;

public sealed class CleanExitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ExitsFile => Path.Combine(_folder.FullPath, "exits");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_ones_are_kept_oldest_first()
    {
        for (var number = 1; number <= WorkerProtocol.MostCleanExits + 2; number++)
        {
            Open().Add($"process-{number}");
        }

        Open().Earlier.ShouldBe(["process-3", "process-4", "process-5", "process-6"]);
    }

    [Fact]
    public void What_no_process_wrote_is_left_out()
    {
        File.WriteAllText(ExitsFile, "\n  \n" + new string('x', 1_000) + "\nprocess-1\r\n");

        Open().Earlier.ShouldBe(["process-1"]);
    }

    [Fact]
    public void A_file_that_cannot_be_read_or_written_ends_nothing()
    {
        Directory.CreateDirectory(Path.Combine(ExitsFile, "in the way"));

        var exits = Open();
        exits.Add("process-1");

        exits.Earlier.ShouldBeEmpty();
    }

    private CleanExits Open() => CleanExits.Open(_folder.FullPath, NullLogger.Instance);
}
