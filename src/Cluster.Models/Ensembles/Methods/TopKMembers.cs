using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Models.Ensembles.Methods;

/// <summary>The models of the best trials, as they were kept.</summary>
internal sealed class TopKMembers(EnsembleSetup setup) : IMemberMaker
{
    public EnsembleMembers Make()
    {
        var models = new TrialModels(setup);
        var members = setup.Assignment.Members
            .Take(setup.Count)
            .Select(trial => models.Open(trial) is { } network ? TrialModels.Member(trial, network, 1) : null)
            .OfType<VotingMember>()
            .ToList();
        return new(members, ValueMap<double>.Empty, "Members are the best trials of the search.");
    }
}
