using SearchCluster.Models.Attempts;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.ModelFiles;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>Models of trials as they were kept.</summary>
/// <remarks>A trial whose model is missing or damaged does not vote.</remarks>
internal sealed class TrialModels(EnsembleSetup setup)
{
    /// <summary>Tells whether the model of a trial is there; warns when it is not.</summary>
    public bool IsThere(EnsembleMember member)
    {
        var path = ArtifactPaths.Model(setup.Search, member.TrialId);
        if (setup.Context.Artifacts.Exists(path))
        {
            return true;
        }

        setup.Context.Warn?.Invoke(Missing(member, path));
        return false;
    }

    /// <summary>Opens the model of a trial; null, with a warning, when it cannot be used.</summary>
    public MemberNetwork? Open(EnsembleMember member)
    {
        var path = ArtifactPaths.Model(setup.Search, member.TrialId);
        try
        {
            using var stream = setup.Context.Artifacts.OpenRead(path);
            if (stream is null)
            {
                setup.Context.Warn?.Invoke(Missing(member, path));
                return null;
            }

            return MemberNetwork.Open(ModelFile.Read(stream), setup.Workload, setup.Device, setup.Context.Heed);
        }
        catch (Exception damaged) when (StoredArtifacts.IsOfContent(damaged))
        {
            setup.Context.Warn?.Invoke($"Trial {member.TrialId} does not vote: its model {path} is unusable: {damaged.Message}");
            return null;
        }
    }

    private static string Missing(EnsembleMember member, string path) =>
        $"Trial {member.TrialId} does not vote: its model {path} is missing.";

    /// <summary>A trial as a member.</summary>
    public static VotingMember Member(EnsembleMember trial, MemberNetwork network, double weight) =>
        new(trial.TrialId, trial.Objective, FormattableString.Invariant($"trial-{trial.TrialId.Number:D4}.scm"), network, weight);
}
