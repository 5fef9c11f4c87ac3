using System.Diagnostics;

namespace SearchCluster.GpuWorker.Execution.Reports;

/// <summary>Puts a failure on the span of its attempt, as OpenTelemetry writes exceptions.</summary>
internal static class FailureSpans
{
    /// <summary>Adds the event <c>exception</c> with the stack, and sets the span's status.</summary>
    public static void AddException(this Activity span, AttemptFailure failure)
    {
        var tags = new ActivityTagsCollection { ["exception.type"] = failure.Kind.ToString(), ["exception.message"] = failure.Message };
        if (failure.Detail is { } stack)
        {
            tags["exception.stacktrace"] = stack;
        }

        span.AddEvent(new ActivityEvent("exception", tags: tags));
        span.SetStatus(ActivityStatusCode.Error, failure.Message);
    }
}
