using SearchCluster.Search.Scheduling.PopulationBased;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling;

public sealed class ExplorationTests
{
    public static TheoryData<string> SpaceNames { get; } = [.. SampleSpaces.All.Keys];

    [Theory]
    [MemberData(nameof(SpaceNames))]
    public void Neighbours_are_configurations_of_the_space(string name)
    {
        var spec = SampleSpaces.Spec(name);
        var exploration = new Exploration(spec.Space, PerturbedKinds.All, factor: 1.5, resample: 0.3);
        var start = SamplerCatalog.Create(spec).Suggest(
            SearchView.Of(SampleSearches.New(spec)), new SuggestionContext(new TrialId(0), 1, 1)).Suggestions[0].Values;

        for (var i = 0; i < 200; i++)
        {
            start = exploration.Draw(start, SeedSequence.Stream(1, StreamPurpose.Scheduling, i)).ShouldNotBeNull();
            spec.Space.Contains(start).ShouldBeTrue(start.ToString());
        }
    }

    [Fact]
    public void Only_real_numbers_change_unless_more_is_allowed()
    {
        var space = SampleSpaces.All["mixed"];
        var values = new ParameterValues([
            KeyValuePair.Create("x", ParameterValue.Real(0)), KeyValuePair.Create("lr", ParameterValue.Real(0.01)), KeyValuePair.Create(
                "units", ParameterValue.Integer(64)),
            KeyValuePair.Create("layers", ParameterValue.Integer(2)), KeyValuePair.Create(
                "act", ParameterValue.Text("b")), KeyValuePair.Create(
                "bias",
                ParameterValue.Boolean(true))]);

        var next = new Exploration(space, PerturbedKinds.Real, factor: 1.2, resample: 0)
            .Draw(values, SeedSequence.Stream(5, StreamPurpose.Scheduling, 0))
            .ShouldNotBeNull();

        next.TryGet("lr", out var rate).ShouldBeTrue();
        rate!.TryGetNumber(out var lr);
        Math.Abs(Math.Log(lr / 0.01)).ShouldBe(Math.Log(1.2), 1e-12);
        next.TryGet("x", out var shifted).ShouldBeTrue();
        shifted!.TryGetNumber(out var x);
        Math.Abs(x).ShouldBe(0.2 * 2, 1e-12);
        foreach (var name in new[] { "units", "layers", "act", "bias" })
        {
            next.Entries[name].ShouldBe(values.Entries[name]);
        }
    }
}
