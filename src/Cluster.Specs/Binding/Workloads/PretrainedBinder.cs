using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Workloads;

/// <summary>Reads section <c>workload.pretrained</c>.</summary>
internal static class PretrainedBinder
{
    /// <summary>Reads the section.</summary>
    /// <param name="root">The file.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <param name="space">What is searched, or null after a problem.</param>
    /// <returns>Null when absent or after a problem.</returns>
    public static PretrainedSpec? Bind(Section root, WorkloadDescriptor? workload, SearchSpace? space)
    {
        if (root.Find("workload") is not { Value: Syntax.MappingNode mapping }
            || mapping.Find("pretrained") is not { } entry
            || workload is null)
        {
            return null;
        }

        if (workload.EncoderParameters is not { } parameters)
        {
            root.Problems.Error(
                SpecCodes.Workload,
                entry.Key.At,
                "workload.pretrained",
                $"workload {workload.Name} has no encoder that could come from an earlier model",
                "remove pretrained, or use workload encoder-classifier or segmentation");
            return null;
        }

        if (Section.Open(root.Problems, entry, "workload.pretrained", SectionFields.Pretrained) is not { } section)
        {
            return null;
        }

        var (from, file, trial) = (section.Text("from", 200), section.Text("file", 1_024), (int?)section.Whole("trial", 0, int.MaxValue));
        if ((from is null) == (file is null) || (trial is not null && from is null))
        {
            section.Error(
                SpecCodes.Workload,
                section.At,
                "from",
                "pretrained is the best trial of a search, one of its trials, or a file",
                "write { from: NAME }, { from: NAME, trial: 7 } or { file: weights.safetensors }");
            return null;
        }

        if (from is not null && !SearchId.IsValid(from))
        {
            section.Error(
                SpecCodes.Workload,
                section.PlaceOf("from"),
                "from",
                $"from is {Display.Quoted(from)}, which is no name of a search",
                "`searchcluster list` shows the searches");
            return null;
        }

        if (from is not null && space?.Parameters.FirstOrDefault(parameter => parameters.Contains(parameter.Name)) is { } both)
        {
            section.Error(
                SpecCodes.Workload,
                section.PlaceOf("from"),
                "from",
                $"{both.Name} comes from the pretrained model, but the space searches it",
                $"remove {both.Name} from the space");
            return null;
        }

        return new(from is null ? null : new SearchId(from), trial is { } number ? new TrialId(number) : null, file, parameters);
    }
}
