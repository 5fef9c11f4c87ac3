using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Run;

/// <summary>Reads section <c>enqueue</c>.</summary>
internal static class EnqueueBinder
{
    /// <summary>Reads the configurations to try first.</summary>
    /// <param name="root">The file.</param>
    /// <param name="space">What a configuration has to fit.</param>
    /// <returns>Partial configurations, each consistent with the space.</returns>
    public static ValueArray<ParameterValues> Bind(Section root, SearchSpace space)
    {
        if (root.Find("enqueue") is not { } entry)
        {
            return [];
        }

        if (Files(entry.Value) is [var file, ..])
        {
            root.Error(
                SpecCodes.Enqueued,
                file.At,
                "enqueue",
                $"enqueue names the file {Display.Quoted(file.Text)}, which nobody read here",
                "only a spec that `searchcluster` reads from a file may name others; write the configurations themselves");
            return [];
        }

        if (entry.Value is not SequenceNode list || list.Items.Count > SpecLimits.Enqueued)
        {
            root.Error(
                SpecCodes.WrongKind,
                entry.Value.At,
                "enqueue",
                $"enqueue {Section.Describe(entry.Value)}, but must be a list of at most {SpecLimits.Enqueued} configurations",
                "write - { lr: 0.001, batchSize: 32 }, or the name of a .json file that `best -o` wrote");
            return [];
        }

        var points = new List<ParameterValues>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var key = new ScalarNode(list.Items[i].At, $"enqueue[{i}]", ScalarStyle.Quoted);
            if (Section.Open(root.Problems, new MappingEntry(key, list.Items[i]), key.Text, SectionFields.Free) is { } section)
            {
                points.Add(BindPoint(section, space));
            }
        }

        return points.ToValueArray();
    }

    private static ScalarNode[] Files(SpecNode value) =>
        [.. (value is SequenceNode list ? list.Items : [value])
            .OfType<ScalarNode>()
            .Where(name => name.Text.EndsWith(EnqueueOverride.FileEnding, StringComparison.OrdinalIgnoreCase))];

    private static ParameterValues BindPoint(Section section, SearchSpace space)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>();
        foreach (var (key, node) in section.Entries)
        {
            var parameter = space.Parameters.FirstOrDefault(candidate => candidate.Name == key.Text);
            if (parameter is null)
            {
                var suggestion = Suggestions.Phrase(key.Text, space.Parameters.Select(candidate => candidate.Name));
                section.Error(
                    SpecCodes.Enqueued,
                    key.At,
                    key.Text,
                    $"there is no parameter {Display.Quoted(key.Text)}{suggestion}",
                    "use names of the space");
            }
            else if (ValueBinder.OfDomain(node, parameter.Domain) is { } value && parameter.Domain.Contains(value))
            {
                values.Add(new(key.Text, value));
            }
            else
            {
                section.Error(
                    SpecCodes.Enqueued,
                    node.At,
                    key.Text,
                    $"{key.Text} {Section.Describe(node)}, but must be {ValueBinder.Describe(parameter.Domain)}",
                    "change it or the domain");
            }
        }

        var point = new ParameterValues(values);
        CheckActive(section, space, point);
        if (section.Entries.Count == 0)
        {
            section.Problems.Error(
                SpecCodes.Enqueued,
                section.At,
                section.Path,
                $"{section.Path} is empty, but must give at least one parameter",
                "remove it");
        }
        else if (space.IsForbidden(point))
        {
            section.Problems.Error(
                SpecCodes.Enqueued, section.At, section.Path, $"{section.Path} is a forbidden combination", "change it or forbid");
        }

        return point;
    }

    private static void CheckActive(Section section, SearchSpace space, ParameterValues point)
    {
        foreach (var parameter in space.Parameters)
        {
            if (!point.TryGet(parameter.Name, out _) || parameter.IsActive(point))
            {
                continue;
            }

            var failing = parameter.When!.First(condition => !condition.Holds(point));
            var what = point.TryGet(failing.Parameter, out var value)
                ? $"{parameter.Name} is not active when {failing.Parameter} is {Display.Text(value.ToString())}"
                : $"{parameter.Name} is active only under a condition on {failing.Parameter}, which is not given here";
            section.Error(
                SpecCodes.Enqueued,
                section.Find(parameter.Name)!.Key.At,
                parameter.Name,
                what,
                $"give {failing.Parameter} a value for which {parameter.Name} is active, or remove {parameter.Name}");
        }
    }
}
