using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Binding.Space;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Workloads;

/// <summary>Reads section <c>workload</c>.</summary>
internal static class WorkloadBinder
{
    /// <summary>Reads the section.</summary>
    /// <param name="root">The file.</param>
    /// <param name="vocabulary">The workloads there are.</param>
    /// <returns>The workload's description; null after a problem.</returns>
    public static WorkloadDescriptor? BindDescriptor(Section root, SpecVocabulary vocabulary)
    {
        var names = string.Join(", ", vocabulary.Workloads.Select(workload => workload.Name));
        if (root.Find("workload") is null)
        {
            root.Missing(SpecCodes.Workload, "workload", "workload is required", $"write workload: {{ builtin: … }} with one of {names}");
            return null;
        }

        if (root.Child("workload", SectionFields.Workload) is not { } section)
        {
            return null;
        }

        var own = vocabulary.Workloads.Where(workload => BuiltinWorkloads.All.All(builtin => builtin.Name != workload.Name)).ToArray();
        if (section.Find("class") is { } type)
        {
            if (section.Find("builtin") is not null)
            {
                section.Error(
                    SpecCodes.Workload,
                    type.Key.At,
                    "class",
                    "builtin and class exclude each other",
                    "keep class for a workload of your own, builtin for one that ships with the product");
                return null;
            }

            if (own.Length == 0)
            {
                section.Error(
                    SpecCodes.Workload,
                    type.Key.At,
                    "class",
                    "there is no workload of your own",
                    $"load its assembly with --workloads, or use builtin: one of {names}");
                return null;
            }

            return section.Word("class", [.. own.Select(workload => (workload.Name, (WorkloadDescriptor?)workload))], [], null);
        }

        if (section.Find("builtin") is null)
        {
            section.Missing(SpecCodes.Workload, "builtin", "builtin or class is required", $"use builtin: one of {names}");
            return null;
        }

        return section.Word(
            "builtin", [.. vocabulary.Workloads.Except(own).Select(workload => (workload.Name, (WorkloadDescriptor?)workload))], [], null);
    }

    /// <summary>Reads the constants.</summary>
    /// <param name="root">The file.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <returns>The constants.</returns>
    public static ParameterValues BindFixed(Section root, WorkloadDescriptor? workload)
    {
        if (root.Find("workload") is not { Value: Syntax.MappingNode mapping } || mapping.Find("fixed") is not { } entry
            || Section.Open(root.Problems, entry, "workload.fixed", SectionFields.Free) is not { } section)
        {
            return ParameterValues.Empty;
        }

        var values = new List<KeyValuePair<string, ParameterValue>>();
        foreach (var (key, node) in section.Entries)
        {
            if (Bind(section, key, node, workload) is { } value)
            {
                values.Add(new(key.Text, value));
            }
        }

        return new ParameterValues(values);
    }

    private static ParameterValue? Bind(Section section, Syntax.ScalarNode key, Syntax.SpecNode node, WorkloadDescriptor? workload)
    {
        var known = workload?.Hyperparameters.FirstOrDefault(parameter => parameter.Name == key.Text);
        if (known is null)
        {
            if (workload is { AllowsOtherParameters: false })
            {
                var suggestion = Suggestions.Phrase(key.Text, workload.Hyperparameters.Select(parameter => parameter.Name));
                section.Error(
                    SpecCodes.NotRead,
                    key.At,
                    key.Text,
                    $"workload {workload.Name} does not read {Display.Quoted(key.Text)}{suggestion}",
                    $"it reads {string.Join(", ", workload.Hyperparameters.Select(parameter => parameter.Name))}");
                return null;
            }

            if (!SpaceBinder.IsParameterName(key.Text))
            {
                section.Error(
                    SpecCodes.ParameterName,
                    key.At,
                    key.Text,
                    $"the name {Display.Quoted(key.Text)} breaks the rule: {SpaceBinder.NameRule}",
                    "rename it");
                return null;
            }
        }

        var value = known is null ? ValueBinder.AsWritten(node) : ValueBinder.OfDomain(node, known.Domain);
        if (value is { } found && (known is null || known.Domain.Contains(found)))
        {
            return value;
        }

        var rule = known is null ? "a number, text, true or false" : ValueBinder.Describe(known.Domain);
        var nearest = known?.Domain is ItemDomain items && node is Syntax.ScalarNode scalar
            ? Suggestions.Phrase(scalar.Text, items.Items.Select(item => item.ToString()))
            : "";
        section.Error(
            SpecCodes.NotAccepted,
            node.At,
            key.Text,
            $"{Display.Text(key.Text)} {Section.Describe(node)}, but must be {rule}{nearest}",
            known?.Description);
        return null;
    }
}
