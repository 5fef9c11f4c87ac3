namespace SearchCluster.Specs.Tests;

/// <summary>Values set from outside.</summary>
public sealed class OverrideTests
{
    private static readonly string Table = Specs.Mlp.With("data", "data: { source: a.csv, target: y }");

    [Theory]
    [InlineData("budget.trials", "7")]
    [InlineData("space.x.max", "9.5")]
    [InlineData("name", "123")]
    [InlineData("labels.team", "42")]
    [InlineData("workload.fixed.function", "ackley")]
    public void A_field_takes_the_value(string path, string value)
    {
        var spec = Specs.Good(Specs.Function, overrides: new Dictionary<string, string> { [path] = value });

        var found = path switch
        {
            "budget.trials" => spec.Budget.Trials.ToString(),
            "space.x.max" => ((RealDomain)spec.Space.Parameters[0].Domain).Max.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "name" => spec.Name.Value,
            "labels.team" => spec.Labels!["team"],
            _ => spec.Workload.Fixed.Entries["function"].ToString(),
        };
        found.ShouldBe(value);
    }

    [Theory]
    [InlineData("data.missingTexts", "[NA, '-']", "NA|-")]
    [InlineData("data.missingTexts", "[\"NA\"]", "NA")]
    [InlineData("data.missingTexts", "NA", "NA")]
    [InlineData("data.exclude", "[id, town]", "id|town")]
    [InlineData("data.exclude", " [ 1 , town ]", "1|town")]
    [InlineData("data.features", "[a]", "a")]
    public void A_field_that_takes_texts_takes_a_list(string path, string value, string texts)
    {
        var spec = Specs.Good(Table, overrides: new Dictionary<string, string> { [path] = value, ["data.missing"] = "drop" });

        var found = path switch
        {
            "data.missingTexts" =>
            spec.Data!.Table!.MissingTexts,
            "data.exclude" => spec.Data!.Table!.Exclude,
            _ => spec.Data!.Table!.Features
        };
        found.ShouldBe(texts.Split('|'));
    }

    [Theory]
    [InlineData("data.exclude", "[id", "cannot be read")]
    [InlineData("budget.trials", "[1]", "list")]
    [InlineData("data.exclude", "{id: 1}", "mapping")]
    public void A_list_that_does_not_close_or_does_not_fit_is_told(string path, string value, string words)
    {
        var problem = Specs.Read(Table, overrides: new Dictionary<string, string> { [path] = value }).Problems[0];

        problem.Message.ShouldContain(words);
        problem.File.ShouldBe($"--set {path}={value}");
    }

    [Theory]
    [InlineData("budget.trails", "did you mean budget.trials?")]
    [InlineData("space.x.maxx", "did you mean space.x.max?")]
    [InlineData("space.q.max", "no field")]
    [InlineData("budget", "no field")]
    [InlineData("x.y.z", "no field")]
    public void An_unknown_field_is_wrong_usage(string path, string words)
    {
        var result = Specs.Read(Specs.Function, overrides: new Dictionary<string, string> { [path] = "5" });

        result.Spec.ShouldBeNull();
        result.HasUnknownOverride.ShouldBeTrue();
        var problem = result.Problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain(words);
        SpecProblemFormat.MsBuild(problem).ShouldStartWith($"--set {path}=5: error SC1007: ");
    }

    [Fact]
    public void A_bad_value_is_reported_at_the_override()
    {
        var problem = Specs.Read(Specs.Function, overrides: new Dictionary<string, string> { ["budget.trials"] = "1,5" }).Problems
            .ShouldHaveSingleItem();

        (problem.Code, problem.File, problem.Line).ShouldBe(("SC1066", "--set budget.trials=1,5", 0));
    }
}
