using System.Text.Json.Nodes;
using SearchCluster.Specs.Binding.Algorithms;
using SearchCluster.Specs.Binding.Run;
using SearchCluster.Specs.Binding.Space;
using SearchCluster.Specs.Resources;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Tests;

/// <summary>The schema that editors use says what the reader does.</summary>
public sealed class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(SpecSchema.Text)!.AsObject();

    public static TheoryData<string> Sections { get; } = new(
        SectionFields.ByPath.Where(pair => pair.Value != SectionFields.Free).Select(pair => pair.Key));

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_section_has_the_keys_of_the_reader_and_no_others(string path)
    {
        var section = Section(path);

        section["properties"]!.AsObject().Select(pair => pair.Key).ShouldBe(SectionFields.ByPath[path].Known, ignoreOrder: true);
        section["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public void Stages_have_the_keys_of_the_reader() =>
        Schema["definitions"]!["stage"]!["properties"]!
            .AsObject()
            .Select(pair => pair.Key)
            .ShouldBe(SectionFields.Stage.Known, ignoreOrder: true);

    [Fact]
    public void Parameters_have_the_keys_of_the_reader() =>
        Schema["definitions"]!["parameter"]!["properties"]!
            .AsObject()
            .Select(pair => pair.Key)
            .ShouldBe(SectionFields.Parameter.Known, ignoreOrder: true);

    [Fact]
    public void Words_are_those_of_the_reader_and_the_vocabulary()
    {
        var vocabulary = ReleaseVocabulary.Value;

        Enum("workload", "builtin").ShouldBe(vocabulary.Workloads.Select(workload => workload.Name));
        Enum("algorithm", "type").ShouldBe(vocabulary.Algorithms.Select(algorithm => algorithm.Name));
        Enum("scheduler", "type").ShouldBe(vocabulary.Schedulers.Select(scheduler => scheduler.Name));
        Enum("ensemble", "type").ShouldBe(vocabulary.Ensembles);
        Enum("ensemble", "combine").ShouldBe(RunBinder.Combinations.Select(word => word.Word));
        Enum("objective", "direction").ShouldBe(ObjectiveBinder.Directions.Select(word => word.Word));
        Enum("objective", "aggregate").ShouldBe(ObjectiveBinder.Aggregates.Select(word => word.Word));
        Enum("objective", "onNonFinite").ShouldBe(ObjectiveBinder.NonFinitePolicies.Select(word => word.Word));
        Enum("resources.perTrial", "device").ShouldBe(RunBinder.Devices.Select(word => word.Word));
        Words(Section("retry")["properties"]!["on"]!["items"]!).ShouldBe(RunBinder.Failures.Select(word => word.Word));
        Words(Schema["definitions"]!["parameter"]!["properties"]!["type"]!).ShouldBe(DomainBinder.Types.Select(word => word.Word));
        Enum("scheduler", "resource").ShouldBe(SchedulerBinder.Resources.Select(word => word.Word));
        Words(Section("data")["properties"]!["source"]!["anyOf"]![0]!).ShouldBe(vocabulary.DataSets);
    }

    [Fact]
    public void The_file_in_the_repository_is_what_the_command_prints() =>
        File.ReadAllText(Specs.RepositoryFile("src", "Cluster.Specs", "Resources", SpecSchema.FileName))
            .ShouldBe(
                SpecSchema.Text,
                "The vocabulary changed: run `searchcluster spec schema > src/Cluster.Specs/Resources/search.v1.schema.json`.");

    [Fact]
    public void Options_are_those_of_the_descriptors()
    {
        var schema = JsonNode.Parse(VocabularySchema.Write(SpecSchema.Text, TestVocabulary.Value))!;
        var gp = Rule(schema["definitions"]!["algorithmOptions"]!, "gp")["properties"]!;
        var asha = Rule(schema["properties"]!["scheduler"]!, "asha");

        gp["options"]!["properties"]!["startup"]!
            .ToJsonString()
            .ShouldBe("{\"type\":\"integer\",\"minimum\":0,\"maximum\":1000,\"description\":\"Points before the model.\"}");
        gp["options"]!["properties"]!["kernel"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldBe(["matern", "rbf"]);
        gp["startup"]!["maximum"]!.GetValue<long>().ShouldBe(1_000);
        gp["batch"]!.GetValue<bool>().ShouldBeFalse();
        gp["stages"]!.GetValue<bool>().ShouldBeFalse();
        asha["required"]!.AsArray().Select(key => key!.GetValue<string>()).ShouldBe(["max"]);
        asha["propertyNames"]!["enum"]!
            .AsArray()
            .Select(key => key!.GetValue<string>())
            .ShouldBe(["type", "resource", "min", "max", "reduction", "brackets", "variant"]);
    }

    [Theory]
    [InlineData("seed", "maximum", 9_007_199_254_740_991)]
    [InlineData("budget.trials", "maximum", SpecLimits.Trials)]
    [InlineData("earlyStopping.patience", "maximum", 100_000)]
    [InlineData("ensemble.members", "maximum", 100)]
    [InlineData("retry.max", "maximum", 100)]
    [InlineData("repeats", "maximum", SpecLimits.Repeats)]
    [InlineData("objectives", "maxItems", SpecLimits.Objectives)]
    [InlineData("algorithm.stages", "maxItems", SpecLimits.Stages)]
    [InlineData("warmStart.top", "maximum", SpecLimits.WarmStart)]
    [InlineData("description", "maxLength", SpecLimits.DescriptionLength)]
    [InlineData("forbid", "maxItems", SpecLimits.Conditions)]
    [InlineData("space", "maxProperties", SpecLimits.Parameters)]
    public void Limits_are_those_of_the_reader(string path, string keyword, long limit)
    {
        var dot = path.LastIndexOf('.');
        var property = Section(dot < 0 ? "" : path[..dot])["properties"]![path[(dot + 1)..]]!;

        property[keyword]!.GetValue<long>().ShouldBe(limit);
    }

    [Fact]
    public void The_most_enqueued_configurations_are_those_of_the_reader() =>
        Section("")["properties"]!["enqueue"]!["oneOf"]![1]!["maxItems"]!.GetValue<long>().ShouldBe(SpecLimits.Enqueued);

    [Fact]
    public void Required_keys_are_missed_by_the_reader()
    {
        var required = Schema["required"]!.AsArray().Select(name => name!.GetValue<string>());

        foreach (var key in required)
        {
            Specs.Read(WithoutSection(key)).Spec.ShouldBeNull(key);
        }
    }

    private static JsonNode Rule(JsonNode section, string type) =>
        section["allOf"]!.AsArray().Single(rule => rule!["if"]!["properties"]!["type"]!["const"]!.GetValue<string>() == type)!["then"]!;

    private static string WithoutSection(string key) => key == "space"
        ? Specs.Function.With("x", "").With("y", "").With("space", null)
        : Specs.Function.With(key, null);

    private static JsonNode Section(string path)
    {
        JsonNode section = Schema;
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            section = section["properties"]![name]!;
        }

        return section;
    }

    private static IEnumerable<string> Enum(string path, string key) => Words(Section(path)["properties"]![key]!);

    private static IEnumerable<string> Words(JsonNode node) => node["enum"]!.AsArray().Select(word => word!.GetValue<string>());
}
