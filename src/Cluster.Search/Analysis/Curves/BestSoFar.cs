namespace SearchCluster.Search.Analysis.Curves;

/// <summary>How the best loss of a search fell while trials finished.</summary>
public static class BestSoFar
{
    /// <summary>Follows the best loss.</summary>
    /// <param name="trials">Finished trials in the order in which they finished; failed ones count as finished.</param>
    /// <returns>One step for each trial from the first one with a finite loss on.</returns>
    public static ValueArray<BestSoFarStep> Of(IEnumerable<EvaluatedTrial> trials)
    {
        var steps = ImmutableArray.CreateBuilder<BestSoFarStep>();
        var finished = 0;
        EvaluatedTrial? best = null;
        foreach (var trial in trials)
        {
            finished++;
            var isBetter = double.IsFinite(trial.Loss) && (best is null || trial.Loss < best.Loss);
            best = isBetter ? trial : best;
            if (best is not null)
            {
                steps.Add(new(finished, best.Trial, best.Loss, isBetter));
            }
        }

        return new(steps.DrainToImmutable());
    }

    /// <summary>Turns losses into simple regret: how far the best so far is from the optimum.</summary>
    /// <param name="steps">The best so far.</param>
    /// <param name="optimum">The least loss that can be reached, or the loss that is aimed at.</param>
    /// <returns>The same steps with the optimum subtracted from their loss; negative where the aim was surpassed.</returns>
    public static ValueArray<BestSoFarStep> Regret(ValueArray<BestSoFarStep> steps, double optimum) =>
        steps.Select(step => step with { Loss = step.Loss - optimum }).ToValueArray();
}

/// <summary>The best loss after some finished trials.</summary>
/// <param name="Finished">How many trials were finished.</param>
/// <param name="Trial">The best one.</param>
/// <param name="Loss">Its loss, smaller is better; in a regret, less the optimum.</param>
/// <param name="IsImprovement">True when the trial that finished last became the best.</param>
public sealed record BestSoFarStep(int Finished, TrialId Trial, double Loss, bool IsImprovement);
