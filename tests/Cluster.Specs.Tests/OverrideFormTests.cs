namespace SearchCluster.Specs.Tests;

/// <summary>Values from outside that are written in a way that nobody can take at its word.</summary>
public sealed class OverrideFormTests
{
    [Theory]
    [InlineData("enqueue[]", "{\"y\":1,\"y\":2}", "SC1009", "occurs twice, first at 1:2, at its character 8")]
    [InlineData("enqueue[]", "[{\"y\":1},{\"y\":1,\"y\":2}]", "SC1009", "occurs twice")]
    [InlineData("enqueue", "{\"y\":1,\"y\":2}", "SC1009", "occurs twice")]
    [InlineData("enqueue[]", "{\"y\":\"\\ud800\"}", "SC1055", "half a character, at its character 6")]
    [InlineData("enqueue[p.json]", "{\"y\":\"\\ud800\"}", "SC1004", "half a character")]
    [InlineData("enqueue", "{\"y\":\"\\ud800\"}", null, "")]
    [InlineData("enqueue[]", "{\"y\":1", "SC1055", "opened here is never closed, at its character 1")]
    [InlineData("enqueue[]", "{\"y\":1}{\"y\":2}", "SC1055", "goes on behind its end, at its character 8")]
    [InlineData("enqueue[]", "{\"y\":\"a\\u0000\"}", "SC1002", "U+0000")]
    [InlineData("enqueue[]", "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "SC1005", "nested deeper")]
    [InlineData("enqueue[]", "{\"y\":1e999}", null, "")]
    [InlineData("enqueue[]", "y", "SC1055", "must be a configuration or a list of them")]
    [InlineData("labels", "{a: 1, a: 2}", "SC1009", "occurs twice")]
    public void A_configuration_that_cannot_be_read_is_told_with_its_place(string path, string value, string? code, string words)
    {
        var text = path.Contains(".json", StringComparison.Ordinal) ? Specs.Function.With("seed", "enqueue: p.json") : Specs.Function;
        var read = Specs.Read(text, overrides: new Dictionary<string, string> { [path] = value });

        read.Spec.ShouldBeNull();
        var problem = read.Problems[0];
        problem.File.ShouldBe(path == "enqueue[p.json]" ? "p.json" : $"--set {path}={value}");
        problem.Code.ShouldBe(code ?? problem.Code, problem.Message);
        problem.Message.ShouldContain(words);
        problem.Message.ShouldNotContain("same key has already");
        problem.Help.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("5,000", "write 5000")]
    [InlineData("5.000", "write 5 or 5000")]
    [InlineData("1,234,567", "write 1234567")]
    [InlineData("1.234.567", "write 1234567")]
    [InlineData("1_000", "write 1000")]
    [InlineData("5 000", "write 5000")]
    [InlineData("5\u00A0000", "write 5000")]
    [InlineData("5'000", "write 5000")]
    [InlineData("5’000", "write 5000")]
    [InlineData("1,5", "write a whole number, in digits only")]
    public void A_whole_number_with_grouped_digits_is_refused_with_the_number_that_was_meant(string value, string help)
    {
        var problem = Specs.Read(Specs.Function, overrides: new Dictionary<string, string> { ["budget.trials"] = value }).Problems
            .ShouldHaveSingleItem();

        problem.Help.ShouldBe(help, problem.Message);
        Specs.Read(Specs.Function.With("budget", $"budget: {{ trials: \"{value}\" }}")).Spec.ShouldBeNull();
    }

    [Theory]
    [InlineData("space.z", "{type: int, min: 1.000, max: 5000}", "write 1 or 1000")]
    [InlineData("space.z", "{type: int, min: 1, max: 5000, step: 1.000}", "write 1 or 1000")]
    [InlineData("space.x.max", "1,000", "write 1.000 or 1000")]
    [InlineData("space.x.max", "1,5", "write 1.5")]
    [InlineData("space.x.max", "1.000.000", "write 1000000")]
    public void So_is_a_bound(string path, string value, string help) =>
        Specs.Read(Specs.Function, overrides: new Dictionary<string, string> { [path] = value }).Problems[0].Help.ShouldBe(help);

    [Theory]
    [InlineData("1e3", 1000)]
    [InlineData("5.0", 5)]
    [InlineData("5.", 5)]
    [InlineData("5.0000", 5)]
    public void A_number_that_means_one_thing_is_taken(string value, int trials) =>
        Specs.Good(Specs.Function, overrides: new Dictionary<string, string> { ["budget.trials"] = value }).Budget.Trials.ShouldBe(trials);

    [Fact]
    public void A_point_and_three_zeros_are_a_real_number_where_one_is_due() =>
        ((RealDomain)Specs.Good(Specs.Function, overrides: new Dictionary<string, string> { ["space.x.max"] = "1.000" })
            .Space.Parameters[0].Domain).Max.ShouldBe(1);

    [Theory]
    [InlineData("space.q.items", "[1, 2]", "space.q is \"log 1e-4..1\" here", "items cannot be set in it")]
    [InlineData("space.q.max", "1", "space.q is \"log 1e-4..1\" here", "max cannot be set in it")]
    [InlineData("reproducible.round", "4", "reproducible is true here", "round cannot be set in it")]
    [InlineData("enqueue.0", "{x: 1}", "enqueue is a list here", "0 cannot be set in it")]
    public void A_field_of_what_has_none_is_refused_with_the_way_to_set_the_whole(string path, string value, string what, string words)
    {
        var text = Specs.Function.With("seed", "reproducible: true").With("y", "  q: log 1e-4..1") + "\nenqueue: [{ x: 1 }]";
        var problem = Specs.Read(text, overrides: new Dictionary<string, string> { [path] = value }).Problems
            .First(one => one.Code == "SC1007");

        problem.Message.ShouldStartWith(what);
        problem.Message.ShouldContain(words);
        problem.Message.ShouldNotContain("did you mean");
        problem.Help!.ShouldContain($"--set '{path[..path.LastIndexOf('.')]}=");
    }

    [Theory]
    [InlineData("reproducible", "true")]
    [InlineData("reproducible", "false")]
    [InlineData("algorithm", "random")]
    [InlineData("repeats", "1")]
    [InlineData("space.x", "-5..10")]
    public void A_section_in_its_short_form_is_taken_as_a_spec_takes_it(string path, string value)
    {
        var outside = Specs.Read(Specs.Function, overrides: new Dictionary<string, string> { [path] = value });
        var inside = Specs.Read(path == "space.x"
            ? Specs.Function.With("x", $"  x: {value}")
            : Specs.Function.With("seed", $"seed: 3\n{path}: {value}"));

        outside.HasUnknownOverride.ShouldBeFalse();
        outside.Problems.Select(problem => (problem.Code, problem.Message))
            .ShouldBe(inside.Problems.Select(problem => (problem.Code, problem.Message)));
        (outside.Spec is null).ShouldBe(inside.Spec is null);
    }

    [Fact]
    public void A_section_that_says_nothing_gets_the_field() =>
        Specs.Good(Specs.Function.With("seed", "retry:"), overrides: new Dictionary<string, string> { ["retry.max"] = "2" })
            .Retry!.Max.ShouldBe(2);

    [Fact]
    public void Rows_that_cannot_be_read_are_not_called_missing()
    {
        var problems = Specs.Read(
            Specs.Mlp,
            overrides: new Dictionary<string, string>
            {
                ["data.split.trainRows"] = "0-99,150-199",
                ["data.split.validationRows"] = "100-149",
            }).Problems;

        problems.ShouldHaveSingleItem().Message.ShouldContain("trainRows is \"0-99,150-199\"");
    }

    [Theory]
    [InlineData("[1, 2.0, 3.5, \"4\"]", "the text \"4\"")]
    [InlineData("[1, null]", "null")]
    public void A_text_among_the_numbers_of_a_coordinate_is_refused(string items, string words)
    {
        var problem = Specs.Read(
            Specs.Function, overrides: new Dictionary<string, string> { ["space.y"] = $"{{type: item, items: {items}}}" }).Problems[0];

        (problem.Code, problem.Message.Contains(words, StringComparison.Ordinal)).ShouldBe(("SC1081", true), problem.Message);
    }
}
