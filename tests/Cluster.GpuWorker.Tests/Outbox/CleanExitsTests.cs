using Microsoft.Extensions.Logging.Abstractions;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Hosting.State;

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
    public void A_worker_whose_folder_is_gone_ends_all_the_same()
    {
        var exits = Open();
        Directory.Delete(_folder.FullPath, recursive: true);

        exits.Add("process-1");

        Directory.CreateDirectory(_folder.FullPath);
        Open().Earlier.ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_in_the_way_is_named()
    {
        Directory.CreateDirectory(ExitsFile);

        Should.Throw<StateFolderException>(Open).Message.ShouldContain(ExitsFile);
    }

    private CleanExits Open() => CleanExits.Open(_folder.FullPath, NullLogger.Instance);
}
