using Microsoft.Extensions.Logging.Abstractions;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Outbox;

public sealed class OutcomeOutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => Path.Combine(_folder.FullPath, "outbox.bin");

    [Fact]
    [Trait("Promise", "R02")]
    public void What_was_appended_is_there_for_the_next_process_though_nothing_was_closed()
    {
        using var killed = Open();
        killed.Append(Samples.Stored(1, measurements: 2));
        killed.Append(Samples.Stored(2));

        Reopened().ShouldBe([Samples.Stored(1, measurements: 2), Samples.Stored(2)]);
    }

    [Fact]
    public void An_acknowledged_outcome_is_gone_after_an_orderly_end()
    {
        using (var outbox = Open())
        {
            outbox.Append(Samples.Stored(1));
            outbox.Append(Samples.Stored(2));
            outbox.Acknowledge(Samples.Lease(1));
        }

        Reopened().ShouldBe([Samples.Stored(2)]);
    }

    [Fact]
    public void The_file_is_emptied_by_the_append_after_everything_was_acknowledged()
    {
        using var outbox = Open();
        outbox.Append(Samples.Stored(1));
        var lengthOfOne = new FileInfo(FilePath).Length;
        outbox.Acknowledge(Samples.Lease(1));

        outbox.Append(Samples.Stored(2));

        new FileInfo(FilePath).Length.ShouldBe(lengthOfOne);
        Reopened().ShouldBe([Samples.Stored(2)]);
    }

    [Fact]
    public void The_file_stays_small_while_one_outcome_stays_unacknowledged()
    {
        using var outbox = Open();
        outbox.Append(Samples.Stored(0));
        for (var trial = 1; trial <= 1_000; trial++)
        {
            outbox.Append(Samples.Stored(trial));
            outbox.Acknowledge(Samples.Lease(trial));
        }

        new FileInfo(FilePath).Length.ShouldBeLessThan(128 * 1024);
        Reopened().ShouldContain(Samples.Stored(0));
    }

    [Fact]
    public void A_torn_tail_is_cut_off_and_the_next_append_follows_what_is_whole()
    {
        using (var outbox = Open())
        {
            outbox.Append(Samples.Stored(1));
            outbox.Append(Samples.Stored(2));
        }

        using (var file = new FileStream(FilePath, FileMode.Open))
        {
            file.SetLength(file.Length - 3);
        }

        using (var outbox = Open())
        {
            outbox.Restored.ShouldBe([Samples.Stored(1)]);
            outbox.Append(Samples.Stored(3));
        }

        Reopened().ShouldBe([Samples.Stored(1), Samples.Stored(3)]);
    }

    [Fact]
    public void A_file_killed_before_its_first_bytes_were_whole_is_empty()
    {
        File.WriteAllBytes(FilePath, "SCOU"u8.ToArray());

        using var outbox = Open();

        outbox.Restored.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_of_another_version_is_refused_by_name()
    {
        File.WriteAllBytes(FilePath, "SCOUTB99 and more"u8.ToArray());

        Should.Throw<WorkerFolderException>(Open).Message.ShouldContain(FilePath);
    }

    public void Dispose() => _folder.Dispose();

    private OutcomeOutbox Open() => OutcomeOutbox.Open(_folder.FullPath, NullLogger.Instance);

    // A copy, because the process that wrote the file may still have it open.
    private IReadOnlyList<StoredOutcome> Reopened()
    {
        using var copy = new TemporaryFolder();
        using (var source = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        using (var target = File.Create(Path.Combine(copy.FullPath, "outbox.bin")))
        {
            source.CopyTo(target);
        }

        using var outbox = OutcomeOutbox.Open(copy.FullPath, NullLogger.Instance);
        return outbox.Restored;
    }
}
