namespace SearchCluster.Specs.Rules;

/// <summary>Limits of a spec file; every one has its own message and a test at the limit and one above.</summary>
public static class SpecLimits
{
    /// <summary>Largest file, in bytes.</summary>
    public const int Bytes = 256 * 1024;

    /// <summary>Deepest nesting of mappings and lists; the file's own mapping is level 1.</summary>
    public const int Depth = 16;

    /// <summary>Most keys and values together.</summary>
    public const int Nodes = 20_000;

    /// <summary>Most problems reported for one file.</summary>
    public const int Problems = 50;

    /// <summary>Most parameters in a space.</summary>
    public const int Parameters = 200;

    /// <summary>Most choices of one parameter.</summary>
    public const int Items = 1_000;

    /// <summary>Most entries of <c>forbid</c>, and most conditions of one entry or one <c>when</c>.</summary>
    public const int Conditions = 100;

    /// <summary>Most folds of a cross-validation, besides one for each row.</summary>
    public const int Folds = 20;

    /// <summary>Most entries of <c>enqueue</c>.</summary>
    public const int Enqueued = 1_000;

    /// <summary>Most labels.</summary>
    public const int Labels = 32;

    /// <summary>Longest value of a label, in characters.</summary>
    public const int LabelLength = 200;

    /// <summary>Longest name of a parameter or metric, in characters.</summary>
    public const int NameLength = 64;

    /// <summary>Longest description of a search, in characters; of a parameter a quarter of it.</summary>
    public const int DescriptionLength = 2_000;

    /// <summary>Most trials of one search.</summary>
    public const int Trials = 1_000_000;

    /// <summary>Most points of a grid without <c>budget.trials</c>.</summary>
    public const int GridPoints = 1_000_000;

    /// <summary>Most objectives of one search.</summary>
    public const int Objectives = 5;

    /// <summary>Most stages of a coarse-to-fine search.</summary>
    public const int Stages = 20;

    /// <summary>Most evaluations of one configuration.</summary>
    public const int Repeats = 100;

    /// <summary>Most trials of one round of a reproducible search.</summary>
    public const int Round = 10_000;

    /// <summary>Most observations taken over from an earlier search.</summary>
    public const int WarmStart = 1_000;
}
