namespace SearchCluster.GpuWorker.Execution;

/// <summary>Takes what attempts bring while a slot runs them.</summary>
internal interface IAttemptSink
{
    /// <summary>The attempt's turn has come.</summary>
    /// <returns>False when nobody wants it any more.</returns>
    bool TryBegin(Attempt attempt);

    void Report(Attempt attempt, Measurement measurement);

    void Warn(Attempt attempt, string text);

    /// <summary>It is over.</summary>
    void End(Attempt attempt, WorkOutcome outcome);

    /// <summary>It is over without ever having begun.</summary>
    void Leave(Attempt attempt);
}
