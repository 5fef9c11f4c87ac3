using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Service;

/// <summary>What a search takes over from the trial whose encoder it starts from.</summary>
public static class PretrainedTrial
{
    /// <summary>Fills it in.</summary>
    /// <param name="spec">The specification, which starts from a search.</param>
    /// <param name="earlier">That search.</param>
    /// <param name="trial">The one whose encoder is taken.</param>
    /// <returns>The specification with the trial's number, and the hyperparameters of its encoder where the spec says nothing.</returns>
    public static SearchSpec Fill(SearchSpec spec, SearchSpec earlier, TrialView trial)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(trial);
        if (spec.Workload.Pretrained is not { } pretrained)
        {
            return spec;
        }

        var constants = spec.Workload.Fixed;
        foreach (var name in pretrained.Parameters)
        {
            if (!constants.TryGet(name, out _)
                && (trial.Values.TryGet(name, out var value) || earlier.Workload.Fixed.TryGet(name, out value)))
            {
                constants = constants.With(name, value);
            }
        }

        return spec with { Workload = spec.Workload with { Fixed = constants, Pretrained = pretrained with { Trial = trial.TrialId } } };
    }
}
