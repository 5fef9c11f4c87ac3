using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling;

/// <summary>What every sampler of the catalogue does as a later stage of a coarse-to-fine search, which shows it a part of the
/// trials.</summary>
public sealed class StageConformanceTests
{
    private const int First = 8;
    private const int Trials = 60;

    // auto is one of the others; the other two cannot be stages.
    public static TheoryData<string> Samplers { get; } = [.. SamplerCatalog.Names.Except(["auto", "bohb", "coarse-to-fine"])];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_stage_made_anew_suggests_what_one_that_was_there_all_along_does(string sampler)
    {
        var spec = SampleSpaces.Spec("mixed") with
        {
            Budget = new BudgetSpec(Trials),
            Algorithm = new(
                "coarse-to-fine",
                ParameterValues.Empty,
                [new("random", ParameterValues.Empty, First, DataFraction: 0.5), new(sampler, ParameterValues.Empty)]),
        };
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));

        for (var i = 0; i < Trials && search.TryAsk(out var trial); i++)
        {
            search.Tell(trial.Id, trial.Values.Entries["x"].TryGetNumber(out var x) ? (x - 0.3) * (x - 0.3) : null);
            if (i % 7 == 6)
            {
                SamplerCatalog.Create(spec).Suggest(search.View, search.Next(2)).Suggestions.ShouldBe(search.Propose(2).Suggestions);
            }
        }
    }
}
