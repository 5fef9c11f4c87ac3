using SearchCluster.Models.Attempts;

namespace SearchCluster.Models.Training.Trials;

/// <summary>Training time of a trial over all attempts, and the time limit of this attempt.</summary>
internal sealed class TrialClock(TimeProvider clock, TimeSpan? limit)
{
    private readonly long _start = clock.GetTimestamp();

    /// <summary>Training time of earlier attempts, from the checkpoint.</summary>
    public TimeSpan Before { get; set; }

    public TimeSpan Elapsed => Before + clock.GetElapsedTime(_start);

    /// <summary>Checks the limit.</summary>
    /// <exception cref="TrialTimeoutException">This attempt has run longer than it may.</exception>
    public void Check()
    {
        if (limit is { } longest && clock.GetElapsedTime(_start) > longest)
        {
            throw new TrialTimeoutException(longest);
        }
    }
}
