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
    /// <param name="attempt">One that has begun.</param>
    /// <param name="outcome">How it ended; null when a later attempt has taken over, so that nothing of this one counts.</param>
    void End(Attempt attempt, WorkOutcome? outcome);

    /// <summary>It is over without ever having begun.</summary>
    void Leave(Attempt attempt);
}
