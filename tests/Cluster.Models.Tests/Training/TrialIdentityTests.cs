using SearchCluster.Models.Training.Continuation;

namespace SearchCluster.Models.Tests.Training;

public sealed class TrialIdentityTests
{
    // Fields that decide no number of a trial: limits, how it is watched, and where it stops for now.
    private static readonly string[] Ignored =
    [
        "TrialAssignment.Lease", "TrialAssignment.FromResource", "TrialAssignment.UntilResource", "TrialAssignment.CheckpointOf",
        "TrialAssignment.TraceParent", "TrialAssignment.TakenOver", "TrialPlan.Objective", "TrialPlan.EarlyStopping",
        "TrialPlan.CheckpointEvery", "TrialPlan.TrialTime", "TrialPlan.AwaitsDecisions", "TrialPlan.KnownData", "TrialPlan.MemoryBytes",
    ];

    private static TrialAssignment Full { get; } = Trials.Assignment(
        Trials.Values(("a", ParameterValue.Integer(1)), ("b", ParameterValue.Real(0.1)), ("c", ParameterValue.Text("x")))) with
    {
        DataFraction = 0.5,
        Plan = Trials.Plan() with
        {
            Workload = new(
                "mlp",
                Trials.Values(("epochs", ParameterValue.Integer(3))),
                new PretrainedSpec(new("earlier"), new(4), "w.safetensors", ["depth"])),
            Data = new(
                "d",
                "y",
                new SplitSpec(0.5, 0.3, 0.2, Stratify: true, new(0, 1), new(2, 3), new(4, 5), 3, 1, "g"),
                10,
                new string('a', 64),
                DataFormat.Csv,
                new TableSpec
                {
                    Features = ["f"],
                    Exclude = ["e"],
                    Types = new ValueMap<ColumnType>([KeyValuePair.Create("t", ColumnType.Number)]),
                    Missing = MissingPolicy.Mean,
                    MissingTexts = ["NA"],
                    Scaling = ColumnScaling.Standard,
                    Answer = TargetKind.Class,
                    Threshold = 0.5,
                    MedianSplit = false,
                    NoAnswer = false,
                    FurtherTargets = ["z"],
                    SkipLines = 1,
                    Unseen = UnseenPolicy.Ignore,
                    Header = true,
                    Separator = ";",
                    Decimal = ",",
                    Thousands = ".",
                    Dates = new ValueMap<DateOrder>([KeyValuePair.Create("d", DateOrder.Iso)]),
                },
                new ImageSpec(4, 5, 1, ImageFit.Crop, true, "#ffffff", 2), new SeriesSpec(7, 8, 9), DataStorage.Memory),
        },
    };

    [Fact]
    public void The_identity_of_a_released_form_stays_what_it_was()
    {
        var plain = Trials.Assignment(
            Trials.Values(("learningRate", ParameterValue.Real(0.001)), ("optimizer", ParameterValue.Text("adam"))));

        TrialIdentity.Text(plain).ShouldBe(
            "identity:1:2\nsearchSeed:2:42\nseed:1:7\nworkload:3:mlp\n"
                + "fixed:0:\nvalues:48:23:learningRate=Real:0.00119:optimizer=Text:adam\ndata.source:6:digits\n"
            + "data.split.train:3:0.6\ndata.split.validation:3:0.2\ndata.split.test:3:0.2\ndata.split.stratify:4:true\n");
        TrialIdentity.Of(plain).ShouldBe("5deda6954c541267f891c952139a1f108a6c8f659820ed772c18146005a4c5df");

        // Fields that came later leave no trace where they are not given.
        var data = Full.Plan.Data!;
        var earlier = Full with
        {
            Plan = Full.Plan with
            {
                Data = data with
                {
                    Images = data.Images! with { Void = null, ClassLevel = null },
                    Table = data.Table! with { NoAnswer = null },
                },
            },
        };
        TrialIdentity.Of(earlier).ShouldBe("ac1d045202939cb5c94198af17a745bcc6bd32cb6768c59a76ab1a8ac77dd6f0");
    }

    [Fact]
    public void Every_field_that_decides_numbers_changes_the_identity()
    {
        var seen = new List<string>();

        foreach (var (path, changed) in Changes(Full, typeof(TrialAssignment)))
        {
            TrialIdentity.Of((TrialAssignment)changed)
                .ShouldNotBe(
                    TrialIdentity.Of(Full),
                    $"{path} is no part of the identity; add a line for it, with no line for its default, or list it here as one that "
                        + $"decides no number");
            seen.Add(path);
        }

        seen.Count.ShouldBeGreaterThan(45);
    }

    [Fact]
    public void A_field_that_is_not_given_leaves_no_trace()
    {
        var without = Full with
        {
            DataFraction = null,
            Plan = Full.Plan with { Data = Full.Plan.Data! with { Table = new(), Images = new(), Series = new() } },
        };
        var absent = without with
        {
            Plan = without.Plan with { Data = without.Plan.Data! with { Table = null, Images = null, Series = null } },
        };

        TrialIdentity.Text(without).ShouldNotContain("data.table");
        TrialIdentity.Of(absent).ShouldBe(TrialIdentity.Of(without));
    }

    [Fact]
    public void Texts_cannot_pretend_to_be_other_fields()
    {
        var one = Full with { Plan = Full.Plan with { Data = Full.Plan.Data! with { Source = "d\ndata.target:1:y", Target = null } } };
        var other = Full with { Values = Trials.Values(("a", ParameterValue.Text("1"))) };

        TrialIdentity.Of(one).ShouldNotBe(TrialIdentity.Of(Full));
        TrialIdentity.Of(other).ShouldNotBe(TrialIdentity.Of(Full with { Values = Trials.Values(("a", ParameterValue.Integer(1))) }));
    }

    // The record with each of its properties changed in turn, and those of the records inside it.
    private static IEnumerable<(string Path, object Changed)> Changes(object record, Type type)
    {
        foreach (var property in type.GetProperties()
            .Where(property => property.SetMethod is not null && !Ignored.Contains($"{type.Name}.{property.Name}")))
        {
            var value = property.GetValue(record).ShouldNotBeNull($"{type.Name}.{property.Name} needs a value in this test");
            var isSection = property.PropertyType.Assembly == typeof(DataSpec).Assembly
                && property.PropertyType is { IsClass: true, IsGenericType: false }
                && property.PropertyType != typeof(ParameterValues);
            var changes = isSection ? Changes(value, property.PropertyType) : [("", Other(value))];
            foreach (var (path, changed) in changes)
            {
                var copy = type.GetMethod("<Clone>$")!.Invoke(record, null)!;
                property.SetValue(copy, changed);
                yield return ($"{type.Name}.{property.Name} {path}", copy);
            }
        }
    }

    private static object Other(object value) => value switch
    {
        ulong number => number + 1,
        int number => number + 1,
        double number => number / 2,
        bool flag => !flag,
        string text => text + "x",
        SearchId => new SearchId("other"),
        TrialId trial => new TrialId(trial.Number + 1),
        Enum member => Enum.GetValues(member.GetType()).Cast<object>().First(other => !other.Equals(member)),
        ValueArray<string> texts => (ValueArray<string>)[.. texts, "more"],
        ParameterValues => Trials.Values(("other", ParameterValue.Integer(9))),
        ValueMap<ColumnType> => new ValueMap<ColumnType>([KeyValuePair.Create("t", ColumnType.Category)]),
        ValueMap<DateOrder> => new ValueMap<DateOrder>([KeyValuePair.Create("d", DateOrder.DayFirst)]),
        _ => throw new NotSupportedException($"{value.GetType().Name} is new here; say how to change it."),
    };
}
