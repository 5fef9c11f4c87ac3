using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Artifacts;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Execution.Reports;
using SearchCluster.GpuWorker.Outbox;

namespace SearchCluster.GpuWorker.Tests.Fakes;

/// <summary>An attempt host on a folder of its own, with a way to wait for what its threads do.</summary>
internal sealed class HostFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _changes = new(0);
    private readonly int _slots;
    private readonly string? _artifacts;
    private int _hasStopped;
    private OutcomeOutbox _outbox;
    private IDisposable _subscription;

    public HostFixture(int slots = 1, bool ignoresCancellation = false, string? artifacts = null, FakeMemory? memory = null)
    {
        Memory = memory ?? new();
        (_slots, _artifacts) = (slots, artifacts);
        Executor = new ScriptedExecutor { IgnoresCancellation = ignoresCancellation };
        (_outbox, Host, _subscription) = Start();
    }

    public ScriptedExecutor Executor { get; }

    public static TimeSpan HangLimit { get; } = TimeSpan.FromSeconds(30);

    public FakeTimeProvider Clock { get; } = new();

    public FolderArtifactStore Artifacts => new(_artifacts ?? _folder.FullPath);

    public FakeMemory Memory { get; }

    public AttemptHost Host { get; private set; }

    public string OutboxFile => Path.Combine(_folder.FullPath, "outbox.bin");

    /// <summary>Waits until something about the host holds; looked at after each change it announces.</summary>
    public void WaitUntil(Func<AttemptHost, bool> holds)
    {
        while (!holds(Host))
        {
            _changes.Wait(Patience.Limit).ShouldBeTrue("The host did not come to the state that the test waits for.");
        }
    }

    /// <summary>The outcome that waits for its acknowledgement, waiting for it if need be.</summary>
    public PendingReport Outcome()
    {
        WaitUntil(host => host.Pending(100).Any(report => report.Outcome is not null));
        return Host.Pending(100).Single(report => report.Outcome is not null);
    }

    /// <summary>What kill -9 leaves: the file as it is now, a new host on it.</summary>
    public void Restart()
    {
        var content = File.ReadAllBytes(OutboxFile);
        var exits = File.Exists(ExitsFile) ? File.ReadAllBytes(ExitsFile) : null;
        Stop();
        _hasStopped = 0;
        File.WriteAllBytes(OutboxFile, content);
        File.Delete(ExitsFile);
        if (exits is not null)
        {
            File.WriteAllBytes(ExitsFile, exits);
        }

        (_outbox, Host, _subscription) = Start();
    }

    public void Dispose()
    {
        Stop();
        _folder.Dispose();
    }

    /// <summary>Where it keeps which processes ended in order.</summary>
    public string ExitsFile => Path.Combine(_folder.FullPath, "exits");

    /// <summary>Where it keeps that it takes no more work.</summary>
    public string DrainFile => Path.Combine(_folder.FullPath, "drained");

    private (OutcomeOutbox Outbox, AttemptHost Host, IDisposable Subscription) Start()
    {
        var outbox = OutcomeOutbox.Open(_folder.FullPath, NullLogger.Instance);
        var host = new AttemptHost(
            Samples.Description(_slots), Executor, Artifacts, outbox, new(Clock, HangLimit), NullLogger<AttemptHost>.Instance, Memory)
        {
            Mark = DrainMark.Open(_folder.FullPath, Clock, NullLogger.Instance),
            Exits = CleanExits.Open(_folder.FullPath, NullLogger.Instance),
        };
        return (outbox, host, host.Subscribe(() => _changes.Release()));
    }

    /// <summary>Ends it in order; again, it does nothing.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _hasStopped, 1) == 1)
        {
            return;
        }

        _subscription.Dispose();
        Host.Dispose();
        _outbox.Dispose();
    }
}
