using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Models.Tests.Ensembles;

public sealed class VotingTests
{
    [Fact]
    public void A_soft_vote_is_the_mean_and_a_hard_vote_counts_heads()
    {
        double[][,] members = [new[,] { { 0.9, 0.1 } }, new[,] { { 0.4, 0.6 } }, new[,] { { 0.4, 0.6 } }];

        var soft = Voting.Combine(members, EnsembleCombination.MeanProbability);
        var hard = Voting.Combine(members, EnsembleCombination.Vote);

        soft[0, 0].ShouldBe(1.7 / 3, 1e-6);
        Voting.BestClass(soft, 0).ShouldBe(0);
        hard[0, 1].ShouldBe((2 + (1.3 / 3)) / 4, 1e-6);
        Voting.BestClass(hard, 0).ShouldBe(1);
        (hard[0, 0] + hard[0, 1]).ShouldBe(1.0, 1e-6);
    }

    [Fact]
    public void A_tie_of_heads_goes_to_the_larger_mean_probability()
    {
        double[][,] members = [new[,] { { 0.6, 0.4 } }, new[,] { { 0.1, 0.9 } }];

        Voting.BestClass(Voting.Combine(members, EnsembleCombination.Vote), 0).ShouldBe(1);
    }

    [Fact]
    public void Weights_count_in_both_votes()
    {
        double[][,] members = [new[,] { { 0.9, 0.1 } }, new[,] { { 0.2, 0.8 } }];

        Voting.Combine(members, EnsembleCombination.MeanProbability, [3, 1])[0, 0].ShouldBe(0.725, 1e-6);
        var hard = Voting.Combine(members, EnsembleCombination.Vote, [3, 1]);
        hard[0, 0].ShouldBe(((2 * 0.75) + 0.725) / 3, 1e-6);
        (hard[0, 0] + hard[0, 1]).ShouldBe(1, 1e-6);
    }
}
