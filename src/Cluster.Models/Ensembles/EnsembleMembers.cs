using SearchCluster.Models.Ensembles.Members;

namespace SearchCluster.Models.Ensembles;

/// <summary>The members of an ensemble with their weights, and what was measured while they were made.</summary>
/// <param name="Members">At least one; the caller disposes their networks.</param>
/// <param name="Metrics">Out-of-bag or out-of-fold metrics; empty where there are none.</param>
/// <param name="Note">One sentence for the card.</param>
internal sealed record EnsembleMembers(IReadOnlyList<VotingMember> Members, ValueMap<double> Metrics, string Note);

/// <summary>One member.</summary>
/// <param name="Trial">The trial whose configuration it has.</param>
/// <param name="Objective">The trial's objective.</param>
/// <param name="FileName">Its model file beside the manifest.</param>
/// <param name="Network">What votes; whoever has the members disposes it.</param>
/// <param name="Weight">Its weight in the vote.</param>
internal sealed record VotingMember(TrialId Trial, double Objective, string FileName, MemberNetwork Network, double Weight);
