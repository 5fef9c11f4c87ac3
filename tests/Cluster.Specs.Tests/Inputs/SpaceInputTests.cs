namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>What a space and an objective are told of.</summary>
public sealed class SpaceInputTests
{
    private const string Space = "space:\n  x: { type: float, min: -5, max: 10 }\n  y: { type: float, min: 0, max: 15 }\n";

    [Theory]
    [InlineData("", SpecCodes.EmptySpace, "space is required")]
    [InlineData("space: {}\n", SpecCodes.EmptySpace, "space has no parameters")]
    [InlineData("space:\n  1x: { type: float, min: 0, max: 1 }\n", SpecCodes.ParameterName, "the name \"1x\" breaks the rule")]
    public void A_space_that_cannot_be_searched_is_refused(string space, string code, string words)
    {
        var problems = Specs.Read(Specs.Function.ReplaceLineEndings("\n").Replace(Space, space, StringComparison.Ordinal)).Problems;

        problems.ShouldContain(problem => problem.Code == code && problem.Message.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("val/accuracy", "minimize", "minimize is unusual for val/accuracy")]
    public void A_surprising_use_of_a_metric_is_a_warning(string metric, string direction, string words)
    {
        var read = Specs.Read(Specs.Mlp.With("objective", $"objective: {{ metric: {metric}, direction: {direction} }}"));

        var warning = read.Problems.ShouldHaveSingleItem();
        (warning.Code, warning.Severity).ShouldBe((SpecCodes.MetricUse, "warning"));
        warning.Message.ShouldContain(words);
        read.Spec.ShouldNotBeNull();
    }
}
