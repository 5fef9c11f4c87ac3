using SearchCluster.Specs.Resources;

namespace SearchCluster.Specs;

/// <summary>Commented spec files to start from.</summary>
public static class SpecTemplates
{
    /// <summary>Names of the templates: those that run as they are, then one for each kind of data, whose path
    /// is to be filled in.</summary>
    public static ValueArray<string> Names { get; } =
        ["minimal", "digits", "grid", "mlp", "regression", "images", "keypoints", "segmentation", "series", "text", "encoder", "transfer"];

    /// <summary>Reads one template.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The YAML text; null for any other name.</returns>
    public static string? Get(string name) => Names.Contains(name) ? EmbeddedText.Read($"{name}.search.yaml") : null;

    /// <summary>Finds the template that a mistyped name was meant to be.</summary>
    /// <param name="name">What was typed.</param>
    /// <returns>One of <see cref="Names"/>, or null.</returns>
    public static string? Suggest(string name) => Suggestions.Nearest(name, Names);
}
