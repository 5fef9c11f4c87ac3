using System.Diagnostics;
using System.Threading.Channels;
using OpenTelemetry;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Hands ended spans to a writer of its own; the thread that ends a span never waits for the disk.</summary>
/// <remarks>A span is with the operating system a moment after it ended, so a killed process loses next to
/// none. A full queue drops spans and counts them.</remarks>
internal sealed class SpanFileProcessor : BaseProcessor<Activity>
{
    private const int QueueCapacity = 65_536;
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(5);

    private readonly Channel<object> _queue = Channel.CreateBounded<object>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true });
    private readonly SpanRouter _writer;
    private readonly Task _drained;

    /// <summary>Starts the writer's task.</summary>
    /// <param name="writer">Owned from now on.</param>
    public SpanFileProcessor(SpanRouter writer)
    {
        _writer = writer;
        _drained = Task.Run(DrainAsync);
    }

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        if (data.Recorded && !_queue.Writer.TryWrite(data))
        {
            SearchClusterMetrics.SpansDropped.Add(1);
        }
    }

    /// <inheritdoc />
    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _queue.Writer.TryWrite(reached) && WaitFor(reached.Task, Limit(timeoutMilliseconds));
    }

    /// <inheritdoc />
    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        _queue.Writer.TryComplete();
        return WaitFor(_drained, Limit(timeoutMilliseconds));
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            OnShutdown(Timeout.Infinite);
        }

        base.Dispose(disposing);
    }

    private static TimeSpan Limit(int milliseconds) =>
        milliseconds == Timeout.Infinite ? ShutdownLimit : TimeSpan.FromMilliseconds(milliseconds);

    // The SDK's interface is synchronous.
    private static bool WaitFor(Task task, TimeSpan limit) => ((IAsyncResult)task).AsyncWaitHandle.WaitOne(limit);

    private async Task DrainAsync()
    {
        using (_writer)
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                while (_queue.Reader.TryRead(out var item))
                {
                    if (item is Activity span)
                    {
                        _writer.Write(span);
                    }
                    else
                    {
                        _writer.Flush();
                        ((TaskCompletionSource)item).TrySetResult();
                    }
                }

                _writer.Flush();
            }
        }
    }
}
