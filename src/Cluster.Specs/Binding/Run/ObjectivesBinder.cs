using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding.Run;

/// <summary>Reads section <c>objective</c>, or <c>objectives</c> in its place.</summary>
internal static class ObjectivesBinder
{
    private const string Example = "write objective: { metric: val/loss, direction: minimize }";

    /// <summary>Reads what trials are judged by.</summary>
    /// <param name="root">The file.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <param name="hasFolds">True when each measurement is a fold.</param>
    /// <param name="keepsLast">True when the model of a trial is that of its last epoch.</param>
    /// <returns>One objective, or two and more; null after a problem.</returns>
    public static ValueArray<ObjectiveSpec>? Bind(Section root, WorkloadDescriptor? workload, bool hasFolds, bool keepsLast)
    {
        if (root.Find("objectives") is not { } several)
        {
            return BindSingle(root, workload, hasFolds, keepsLast);
        }

        if (root.Find("objective") is not null)
        {
            root.Error(
                SpecCodes.Objectives,
                several.Key.At,
                "objectives",
                "objective and objectives exclude each other",
                "keep one of the two");
            return null;
        }

        if (several.Value is not SequenceNode { Items.Count: >= 2 and <= SpecLimits.Objectives } list)
        {
            var found = several.Value is SequenceNode other
                ? $"has {other.Items.Count} {(other.Items.Count == 1 ? "entry" : "entries")}"
                : Section.Describe(several.Value);
            root.Error(
                SpecCodes.Objectives,
                several.Value.At,
                "objectives",
                $"objectives {found}, but must be a list of 2 to {SpecLimits.Objectives} objectives",
                "for one objective, " + Example);
            return null;
        }

        var objectives = list.Items
            .Select((item, index) => BindEntry(root, item, index, workload, hasFolds, keepsLast))
            .OfType<ObjectiveSpec>()
            .ToValueArray();
        return objectives.Count == list.Items.Count && AreDistinct(root, list, objectives) ? objectives : null;
    }

    private static ValueArray<ObjectiveSpec>? BindSingle(Section root, WorkloadDescriptor? workload, bool hasFolds, bool keepsLast)
    {
        if (root.Find("objective") is null)
        {
            root.Missing(SpecCodes.Missing, "objective", "objective is required", Example);
            return null;
        }

        return root.Child("objective", SectionFields.Objective) is { } section
            && ObjectiveBinder.Bind(section, workload, hasFolds, keepsLast) is { } objective ? [objective] : null;
    }

    private static ObjectiveSpec? BindEntry(
        Section root, SpecNode item, int index, WorkloadDescriptor? workload, bool hasFolds, bool keepsLast)
    {
        var key = new ScalarNode(item.At, $"objectives[{index}]", ScalarStyle.Quoted);
        if (Section.Open(root.Problems, new MappingEntry(key, item), key.Text, SectionFields.Objective) is not { } section)
        {
            return null;
        }

        if (index > 0 && section.Find("target") is { } target)
        {
            section.Error(
                SpecCodes.Objectives,
                target.Key.At,
                "target",
                "target belongs to the first objective only",
                "remove it, or put this objective first");
        }

        return ObjectiveBinder.Bind(section, workload, hasFolds, keepsLast);
    }

    private static bool AreDistinct(Section root, SequenceNode list, ValueArray<ObjectiveSpec> objectives)
    {
        for (var i = 1; i < objectives.Count; i++)
        {
            if (objectives.Take(i).Any(earlier => earlier.Metric == objectives[i].Metric))
            {
                root.Error(
                    SpecCodes.Objectives,
                    list.Items[i].At,
                    $"objectives[{i}]",
                    $"objectives[{i}] is {objectives[i].Metric} again, but each metric may occur once",
                    "remove it, or use another metric");
                return false;
            }
        }

        return true;
    }
}
