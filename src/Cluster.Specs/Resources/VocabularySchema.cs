using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SearchCluster.Specs.Binding.Algorithms;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Resources;

/// <summary>Writes the workloads, samplers and schedulers of a vocabulary, with their options, into the schema.</summary>
internal static class VocabularySchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>Replaces what depends on the vocabulary; a schema that was written so already does not change.</summary>
    /// <param name="schema">The schema, JSON.</param>
    /// <param name="vocabulary">Workloads, samplers and schedulers.</param>
    /// <returns>The schema, JSON, indented.</returns>
    public static string Write(string schema, SpecVocabulary vocabulary)
    {
        var root = JsonNode.Parse(schema)!.AsObject();
        var properties = root["properties"]!.AsObject();
        var definitions = root["definitions"]!.AsObject();
        var builtin = properties["workload"]!["properties"]!["builtin"]!;
        builtin["enum"] = List(vocabulary.Workloads.Select(workload => (JsonNode)JsonValue.Create(workload.Name)));
        builtin["description"] = string.Join(' ', vocabulary.Workloads.Select(workload => $"{workload.Name}: {workload.Description}"));
        definitions["algorithmName"] = new JsonObject
        {
            ["enum"] = Names(vocabulary.Algorithms),
            ["description"] = Sentences(vocabulary.Algorithms),
        };
        definitions["algorithmOptions"] = new JsonObject { ["allOf"] = List(vocabulary.Algorithms.Select(AlgorithmRule)) };
        properties["algorithm"]!["properties"]!["type"]!["enum"] = Names(vocabulary.Algorithms);
        properties["algorithm"]!["properties"]!["type"]!["description"] = Sentences(vocabulary.Algorithms);
        properties["scheduler"]!["properties"] = SchedulerProperties(vocabulary.Schedulers);
        properties["scheduler"]!["allOf"] = List(vocabulary.Schedulers.Select(SchedulerRule));
        return root.ToJsonString(Indented) + "\n";
    }

    private static JsonObject AlgorithmRule(AlgorithmDescriptor algorithm)
    {
        var then = new JsonObject
        {
            ["options"] = new JsonObject { ["properties"] = Options(algorithm), ["additionalProperties"] = false },
        };
        foreach (var alias in AlgorithmBinder.Aliases)
        {
            then[alias] = algorithm.Options.FirstOrDefault(option => option.Name == alias) is { } option ? Value(option) : false;
        }

        if (!algorithm.HasStages)
        {
            then["stages"] = false;
        }

        var rule = Rule(algorithm.Name, new JsonObject { ["properties"] = then });
        if (algorithm.HasStages)
        {
            rule["then"]!["required"] = new JsonArray("stages");
        }

        return rule;
    }

    private static JsonObject SchedulerProperties(ValueArray<AlgorithmDescriptor> schedulers)
    {
        var properties = new JsonObject
        {
            ["type"] = new JsonObject
            {
                ["enum"] = Names(schedulers),
                ["default"] = StandardNames.Scheduler,
                ["description"] = Sentences(schedulers),
            },
            ["resource"] = new JsonObject
            {
                ["enum"] = new JsonArray([.. SchedulerBinder.Resources.Select(word => JsonValue.Create(word.Word))]),
                ["default"] = SchedulerBinder.Resources[0].Word,
                ["description"] = "Unit of the levels of training.",
            },
        };
        foreach (var option in schedulers.SelectMany(scheduler => scheduler.Options))
        {
            properties.TryAdd(option.Name, new JsonObject { ["description"] = option.Description });
        }

        return properties;
    }

    private static JsonObject SchedulerRule(AlgorithmDescriptor scheduler)
    {
        string[] keys = ["type", "resource", .. scheduler.Options.Select(option => option.Name)];
        var then = new JsonObject
        {
            ["properties"] = Options(scheduler),
            ["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key))]) },
        };
        var required = scheduler.Options
            .Where(option => option is { Default: null, IsOptional: false })
            .Select(option => option.Name)
            .ToArray();
        if (required.Length > 0)
        {
            then["required"] = new JsonArray([.. required.Select(key => JsonValue.Create(key))]);
        }

        return Rule(scheduler.Name, then);
    }

    // Without "required" a rule would apply to a section without a type too.
    private static JsonObject Rule(string type, JsonObject then) => new()
    {
        ["if"] = new JsonObject
        {
            ["required"] = new JsonArray("type"),
            ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = type } },
        },
        ["then"] = then,
    };

    private static JsonObject Options(AlgorithmDescriptor descriptor) =>
        new(descriptor.Options.Select(option => KeyValuePair.Create<string, JsonNode?>(option.Name, Value(option))));

    private static JsonObject Value(HyperparameterDescriptor option)
    {
        var value = option.Domain switch
        {
            RealDomain real => new JsonObject { ["type"] = "number", ["minimum"] = real.Min, ["maximum"] = real.Max },
            IntegerDomain whole => new JsonObject { ["type"] = "integer", ["minimum"] = whole.Min, ["maximum"] = whole.Max },
            ItemDomain items => new JsonObject { ["enum"] = List(items.Items.Select(Literal)) },
            _ => new JsonObject { ["type"] = "boolean" },
        };
        if (option.Default is { } standard)
        {
            value["default"] = Literal(standard);
        }

        value["description"] = option.Description;
        return value;
    }

    private static JsonNode? Literal(ParameterValue value) =>
        value.Kind == ParameterValueKind.None ? null :
        value.TryGetList(out var values) ? List(values.Select(Literal)) :
        value.TryGetText(out var text) ? JsonValue.Create(text)! :
        value.TryGetBoolean(out var flag) ? JsonValue.Create(flag) :
        value.TryGetInteger(out var whole) ? JsonValue.Create(whole) :
        value.TryGetNumber(out var number) ? JsonValue.Create(number) :
        throw new ArgumentOutOfRangeException(nameof(value), value, "A value of an unknown kind.");

    private static JsonArray Names(ValueArray<AlgorithmDescriptor> descriptors) =>
        List(descriptors.Select(descriptor => JsonValue.Create(descriptor.Name)!));

    private static string Sentences(ValueArray<AlgorithmDescriptor> descriptors) =>
        string.Join(" ", descriptors.Select(descriptor => $"{descriptor.Name}: {descriptor.Description}"));

    private static JsonArray List(IEnumerable<JsonNode?> nodes) => new([.. nodes]);
}
