using System.Globalization;
using System.Text;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Explaining;
using SearchCluster.Specs.Problems;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>What a good file becomes.</summary>
public sealed class GoodInputTests
{
    public static TheoryData<string> ExampleFiles { get; } =
        [
            "digits.search.yaml",
            "digits.search.json",
            "digits-grid.search.yaml",
            "branin.search.yaml",
            "coarse-to-fine.search.yaml",
            "asha.search.yaml",

                "multi-objective.search.yaml",
        ];

    public static TheoryData<string> TemplateNames { get; } = new(SpecTemplates.Names);

    [Fact]
    public void Items_may_be_null_and_lists_and_are_named_so_in_conditions_defaults_and_points()
    {
        var vocabulary = ReleaseVocabulary.Value with
        {
            Workloads = [BuiltinWorkloads.Function with { Name = "own", Hyperparameters = [] }],
        };
        var text = """
            version: 1
            name: lists
            workload: { class: own }
            objective: { metric: value, direction: minimize }
            space:
              hidden: { type: item, items: [null, [64, 64], [128], [], "null", "[128]"], default: [64, 64] }
              dropout: { type: float, min: 0, max: 1, when: { hidden: [64, 64] } }
              bias: { type: bool, when: { hidden: [null, [128]] } }
            enqueue:
              - { hidden: null, bias: true }
              - { hidden: [128] }
            budget: { trials: 9 }
            """;

        var result = Specs.Read(text, vocabulary: vocabulary);

        result.Problems.Where(problem => problem.Severity == "error").ShouldBeEmpty();
        var spec = result.Spec!;
        var (layers, wide) = (ParameterValue.List([ParameterValue.Integer(64), ParameterValue.Integer(64)]), ParameterValue.List(
            [ParameterValue.Integer(128)]));
        ((ItemDomain)spec.Space.Parameters[0].Domain).Items.ShouldBe(
            [ParameterValue.None, layers, wide, ParameterValue.List([]), ParameterValue.Text("null"), ParameterValue.Text("[128]")]);
        spec.Space.Parameters[0].Default.ShouldBe(layers);
        spec.Space.Parameters.First(parameter => parameter.Name == "dropout").When!
            .ShouldHaveSingleItem().Test
            .ShouldBe(new OneOfTest([layers]));
        spec.Space.Parameters.First(parameter => parameter.Name == "bias").When!
            .ShouldHaveSingleItem().Test
            .ShouldBe(new OneOfTest([ParameterValue.None, wide]));
        spec.Enqueue!.Select(point => point.Entries["hidden"]).ShouldBe([ParameterValue.None, wide]);
        DomainText.Range(spec.Space.Parameters[0].Domain).ShouldBe("null, [64, 64], [128], [], \"null\", \"[128]\"");
    }

    [Theory]
    [MemberData(nameof(ExampleFiles))]
    public void Examples_have_no_problems(string name) =>
        Specs.Read(File.ReadAllText(Specs.RepositoryFile("examples", name)), name).Problems
            .Select(SpecProblemFormat.MsBuild)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(TemplateNames))]
    public void Templates_have_no_problems_and_name_their_schema(string name)
    {
        var text = SpecTemplates.Get(name).ShouldNotBeNull();

        Specs.Read(text).Problems.Select(SpecProblemFormat.MsBuild).ShouldBeEmpty();
        text.ShouldStartWith("# yaml-language-server: $schema=./" + SpecSchema.FileName + "\n");
    }

    [Fact]
    public void The_same_spec_in_yaml_and_json_is_equal()
    {
        var yaml = Specs.Good(File.ReadAllText(Specs.RepositoryFile("examples", "digits.search.yaml")));
        var json = Specs.Good(File.ReadAllText(Specs.RepositoryFile("examples", "digits.search.json")), "digits.search.json");

        json.ShouldBe(yaml);
    }

    [Fact]
    public void Numbers_take_the_kind_of_their_domain()
    {
        var spec = Specs.Good(Specs.Mlp
            .With("workload", "workload: { builtin: mlp, fixed: { reg: 1, epochs: 20 } }")
            .With("learningRate", "  learningRate: { type: item, items: [1, 0.1] }")
            .With("seed", "enqueue: [{ optimizer: momentum, momentum: 0 }]"));

        spec.Workload.Fixed.Entries["reg"].ShouldBe(ParameterValue.Real(1));
        spec.Workload.Fixed.Entries["epochs"].ShouldBe(ParameterValue.Integer(20));
        spec.Space.Parameters[0].Domain.ShouldBe(new ItemDomain([ParameterValue.Real(1), ParameterValue.Real(0.1)]));
        spec.Enqueue!.Single().Entries["momentum"].ShouldBe(ParameterValue.Real(0));
    }

    [Fact]
    public void Parameters_come_after_those_they_depend_on()
    {
        var text = Specs.Mlp
            .With("learningRate", "  momentum: { type: float, min: 0, max: 0.9, when: { optimizer: momentum } }")
            .Replace(
                "\n  momentum: { type: float, min: 0, max: 0.99, when: { optimizer: momentum } }",
                "\n  reg: { type: log, min: 1e-6, max: 1 }",
                StringComparison.Ordinal);

        Specs.Good(text).Space.Parameters.Select(parameter => parameter.Name).ShouldBe(["optimizer", "momentum", "reg"]);
    }

    [Fact]
    public void Missing_sections_get_their_defaults()
    {
        var spec = Specs.Good(Specs.Mlp);

        spec.Algorithm.ShouldBe(new AlgorithmSpec("auto", ParameterValues.Empty));
        (spec.Objectives, spec.Repeats, spec.WarmStart, spec.Budget.Plateau).ShouldBe((null, null, null, null));
        spec.Scheduler.ShouldBe(new SchedulerSpec("none", ParameterValues.Empty));
        spec.Retry.ShouldBe(RetrySpec.Default);
        spec.Checkpoint.ShouldBe(new CheckpointSpec());
        spec.Resources.ShouldBe(new ResourcesSpec());
        spec.Data!.Split.ShouldBe(new SplitSpec());
        (spec.EarlyStopping, spec.Ensemble, spec.Seed, spec.Budget.Failures).ShouldBe((null, null, 0UL, 10));
    }

    [Theory]
    [InlineData("512MiB", 536_870_912)]
    [InlineData("4GiB", 4_294_967_296)]
    [InlineData("1.5GB", 1_500_000_000)]
    public void Sizes_are_read(string text, long bytes) =>
        Specs.Good(Specs.Function.With("seed", $"resources: {{ perTrial: {{ memory: {text} }} }}")).Resources
            .ShouldBe(new ResourcesSpec(MemoryBytes: bytes));

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5_400)]
    [InlineData("1h 30m", 5_400)]
    [InlineData("2d", 172_800)]
    public void Durations_are_read(string text, int seconds) =>
        Specs.Good(Specs.Function.With("budget", $"budget: {{ time: {text} }}")).Budget.Time.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("x", "  x: { type: float, min: 1, max: 1 }", "SC1041", "constant; use workload.fixed")]
    [InlineData("x", "  x: { type: item, items: [true, \"true\"] }", "SC1047", "true and \"true\" are different values")]
    [InlineData("x", "  x: { type: item, items: [1, 1.0] }", "SC1047", "1 and 1.0 are different values")]
    [InlineData("x", "  x: { type: float, min: 0, max: 1, step: 0.3 }", "SC1043", "steps from min end at 0.9, so max (1) is never tried")]
    [InlineData("x", "  x: { type: int, min: -7, max: 9, step: 5 }", "SC1043", "steps from min end at 8, so max (9) is never tried")]
    [InlineData("x", "  x: { type: item, items: [no, maybe] }", "SC1048", "no without quotes is text here")]
    [InlineData("seed", "seed: 017", "SC1049", "read as a decimal number")]
    public void Warnings_do_not_prevent_reading(string key, string line, string code, string words)
    {
        var result = Specs.Read(Specs.Function.With(key, line));

        result.Spec.ShouldNotBeNull();
        var problem = result.Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Severity).ShouldBe((code, "warning"));
        problem.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("  x: { type: float, min: 0, max: 1, step: 0.1 }")]
    [InlineData("  x: { type: float, min: -0.3, max: 0.9, step: 0.05 }")]
    [InlineData("  x: { type: int, min: -7, max: 8, step: 5 }")]
    [InlineData("  x: { type: logint, min: 1, max: 64 }")]
    public void Steps_that_meet_max_are_not_warned_of(string line) => Specs.Read(Specs.Function.With("x", line)).Problems.ShouldBeEmpty();

    [Fact]
    public void A_byte_order_mark_is_accepted() =>
        SpecReader.Read((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Specs.Function)], "s.yaml").Spec.ShouldNotBeNull();

    [Fact]
    public void The_culture_does_not_matter()
    {
        var expected = Specs.Good(Specs.Mlp);
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;

            Specs.Good(Specs.Mlp).ShouldBe(expected);
            Specs.Read(Specs.Function.With("x", "  x: { type: float, min: 0.5, max: 0.25, step: 0.1 }")).Problems[0].Message
                .ShouldNotContain("0,");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("leave-one-out", SplitSpec.LeaveOneOut)]
    public void Folds_make_the_mean_of_the_measurements_the_value_of_a_trial(string folds, int count)
    {
        var spec = Specs.Good($$"""
            version: 1
            name: folds
            workload: { builtin: mlp }
            data: { source: digits, split: { folds: {{folds}}, stratify: false } }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 1.0e-4, max: 1.0e-1 } }
            scheduler: { type: wilcoxon }
            budget: { trials: 5 }
            """);

        spec.Data!.Split.ShouldBe(new SplitSpec(Stratify: false, Folds: count));
        spec.Objective.Aggregate.ShouldBe(ObjectiveAggregate.Mean);
        SpecExplanation.Of(spec).ToLines().ShouldContain(
            line => line.Contains(count > 0 ? "5 folds, each left out in turn" : "leaving one row out in turn", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_and_unseen_texts_are_read_and_explained()
    {
        var spec = Specs.Good("""
            version: 1
            name: groups
            workload: { builtin: mlp }
            data: { source: ./a.csv, limit: 500, unseen: category, split: { groupBy: patient } }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 1.0e-4, max: 1.0e-1 } }
            budget: { trials: 5 }
            """);

        spec.Data!.Split.ShouldBe(new SplitSpec(GroupBy: "patient"));
        spec.Data.Table.ShouldBe(new TableSpec { Unseen = UnseenPolicy.Category });
        SpecExplanation.Of(spec).ToLines().ShouldContain(line => line.Contains(
            "500 rows drawn by the seed, train / validation / test 0.6 / 0.2 / 0.2, stratified, no group of patient in two parts; texts "
                + "that the training rows lack are a category of their own",
            StringComparison.Ordinal));
    }

    [Fact]
    public void An_error_of_unseen_texts_is_more_than_a_spec_that_does_not_say_it() =>
        Specs.Good("""
            version: 1
            name: unseen
            workload: { builtin: mlp }
            data: { source: ./a.csv, unseen: error }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 1.0e-4, max: 1.0e-1 } }
            budget: { trials: 5 }
            """).Data!.Table.ShouldBe(new TableSpec { Unseen = UnseenPolicy.Error }, "it refuses validation and test rows, too");
}
