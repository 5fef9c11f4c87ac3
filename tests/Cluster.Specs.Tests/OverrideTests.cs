using System.Text;
using SearchCluster.Specs.Problems;

namespace SearchCluster.Specs.Tests;

/// <summary>Values set from outside.</summary>
public sealed class OverrideTests
{
    private const string Space = "space";

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
    [InlineData("budgett", "did you mean budget?")]
    [InlineData("space.q", "no field")]
    [InlineData("retry.on.diverged", "no field")]
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

    public static TheoryData<string, string, string, string> Sections { get; } = new()
    {
        { "budget", "{trials: 7, time: 2h}", "budget", "budget: { trials: 7, time: 2h }" },
        { "budget", """{"trials": 7, "time": "2h"}""", "budget", "budget: { trials: 7, time: 2h }" },
        { "space.x", "{type: log, min: 1, max: 2}", "x", "  x: { type: log, min: 1, max: 2 }" },
        { "space", "{x: {type: int, min: 0, max: 3}, y: {type: bool}}", "x", "  x: { type: int, min: 0, max: 3 }" },
        { "space.x.when", "{y: {min: 3}}", "x", "  x: { type: float, min: -5, max: 10, when: { y: { min: 3 } } }" },
        { "resources.perTrial", "{device: cpu, memory: 2GiB}", "seed", "resources: { perTrial: { device: cpu, memory: 2GiB } }" },
        { "labels", "{team: vision, shift: '2'}", "seed", "labels: { team: vision, shift: '2' }" },
        { "retry.on", "[worker-lost, timeout]", "seed", "retry: { on: [worker-lost, timeout] }" },
        { "forbid", "[{x: {min: 5}}]", "seed", "forbid: [{ x: { min: 5 } }]" },
        { "enqueue", "[{x: 1, y: 2}, {x: 3}]", "seed", "enqueue: [{ x: 1, y: 2 }, { x: 3 }]" },
        { "workload", "{builtin: function, fixed: {function: ackley}}", "workload",
            "workload: { builtin: function, fixed: { function: ackley } }" },
        { "algorithm", "{type: gp, options: {startup: 4}}", "seed", "algorithm: { type: gp, options: { startup: 4 } }" },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_or_a_list_takes_the_place_of_the_whole_of_it(string path, string value, string key, string line)
    {
        var source = key == "seed" ? Specs.Function.With(key, null) : Specs.Function;
        var written = path == Space ? Specs.Function.With("y", "  y: { type: bool }") : Specs.Function;

        Specs.Good(source, overrides: new Dictionary<string, string> { [path] = value }).ShouldBe(Specs.Good(written.With(key, line)));
    }

    [Theory]
    [InlineData("data.split", "{train: 0.6, validation: 0.2, test: 0.2}")]
    [InlineData("data", "{source: a.csv, target: y, split: {train: 0.6, validation: 0.2, test: 0.2}}")]
    public void So_does_one_of_the_data(string path, string value) =>
        Specs.Good(Table, overrides: new Dictionary<string, string> { [path] = value }).ShouldBe(
            Specs.Good(Specs.Mlp.With(
                "data", "data: { source: a.csv, target: y, split: { train: 0.6, validation: 0.2, test: 0.2 } }")));

    [Theory]
    [InlineData("data.types.kind", "category")]
    [InlineData("data.types", "{kind: category}")]
    public void A_column_gets_its_type(string path, string value) =>
        Specs.Good(Table, overrides: new Dictionary<string, string> { [path] = value }).Data!.Table!.Types!["kind"]
            .ShouldBe(ColumnType.Category);

    [Fact]
    public void Fields_are_set_within_the_section_that_was_set()
    {
        var spec = Specs.Good(Specs.Function, overrides: new Dictionary<string, string>
        {
            ["budget.trials"] = "9",
            ["budget"] = "{trials: 5, failures: 2}",
            ["space.z.max"] = "4",
            ["space.z"] = "{type: float, min: 0, max: 1}",
        });

        (spec.Budget.Trials, spec.Budget.Failures).ShouldBe((9, 2));
        spec.Space.Parameters.Select(parameter => parameter.Name).ShouldBe(["x", "y", "z"]);
        ((RealDomain)spec.Space.Parameters[2].Domain).Max.ShouldBe(4);
    }

    [Theory]
    [InlineData("""{"team": "a\/b \ud83d\ude00"}""", "a/b 😀")]
    [InlineData("{team: \"a b\"}", "a b")]
    [InlineData("{team: '1'}", "1")]
    public void Json_and_yaml_have_their_own_escapes(string value, string team) =>
        Specs.Good(Specs.Function, overrides: new Dictionary<string, string> { ["labels"] = value }).Labels!["team"].ShouldBe(team);

    [Theory]
    [InlineData("'[a'", "[a")]
    [InlineData("\"[a, \\\"b\\\"\"", "[a, \"b\"")]
    [InlineData("\"a\" or \"b\"", "\"a\" or \"b\"")]
    [InlineData("it's", "it's")]
    public void A_text_may_stand_in_quotes(string value, string text) =>
        Specs.Good(Specs.Function, overrides: new Dictionary<string, string> { ["description"] = value }).Description.ShouldBe(text);

    [Theory]
    [InlineData("data.split", "{train: 0.6, test: 0.4}", "SC1102", "train and validation are required where one share is given")]
    [InlineData("data.split", "{train: 0.6, tst: 0.4}", "SC1003", "unknown key \"tst\" in data.split; did you mean \"test\"?")]
    [InlineData("data.split", "{train: 0.6", "SC1010", "the '{' opened here is not closed properly")]
    [InlineData("data.split", "{train: 0.6, train: 0.2}", "SC1009", "the key \"train\" occurs twice, first at 1:2, at its character 14")]
    [InlineData("data.split", "0.6", "SC1010", "data.split is 0.6, but must be a mapping of keys and values")]
    [InlineData("budget", "5", "SC1010", "budget is 5, but must be a mapping of keys and values")]
    [InlineData("budget", "{trails: 5}", "SC1003", "unknown key \"trails\" in budget; did you mean \"trials\"?")]
    [InlineData("enqueue", "[{reg: 1}", "SC1010", "the '[' opened here is not closed properly")]
    [InlineData("space.optimizer", "{type: item, itms: [adam]}", "SC1003", "unknown key \"itms\" in space.optimizer")]
    public void What_is_wrong_in_a_section_is_told_at_the_override(string path, string value, string code, string words)
    {
        var read = Specs.Read(Table, overrides: new Dictionary<string, string> { [path] = value });

        read.Spec.ShouldBeNull();
        read.HasUnknownOverride.ShouldBeFalse("it is the value that is wrong");
        var problem = read.Problems.First(one => one.Code == code && one.Message.Contains(words, StringComparison.Ordinal));
        (problem.File, problem.Line).ShouldBe(($"--set {path}={value}", 0));
        problem.Help.ShouldNotBeNull();
    }

    [Fact]
    public void A_path_that_came_with_its_section_is_found()
    {
        var (content, overrides) = (Encoding.UTF8.GetBytes(Table), new Dictionary<string, string> { ["data"] = "{source: b}" });

        SpecReader.TextOf(content, "s.yaml", overrides, "data.source").ShouldBe("b");
        SpecReader.TextOf(content, "s.yaml", null, "data.source").ShouldBe("a.csv");
        SpecReader.PlaceOf(content, "s.yaml", overrides, "data.source").ShouldBe(("--set data={source: b}", 0, 0));
        SpecReader.PlaceOf(content, "s.yaml", null, "data.source").File.ShouldBe("s.yaml");
        SpecReader.IsSet(overrides, "data.source").ShouldBeTrue();
        SpecReader.IsSet(overrides, "dataset").ShouldBeFalse();
    }

    [Fact]
    public void A_bad_value_is_reported_at_the_override()
    {
        var problem = Specs.Read(Specs.Function, overrides: new Dictionary<string, string> { ["budget.trials"] = "1,5" }).Problems
            .ShouldHaveSingleItem();

        (problem.Code, problem.File, problem.Line).ShouldBe(("SC1066", "--set budget.trials=1,5", 0));
    }
}
