namespace SearchCluster.Specs.Binding.Data;

/// <summary>The words of key <c>data.format</c>.</summary>
internal static class DataFormatWords
{
    /// <summary>All of them.</summary>
    public static (string Word, DataFormat? Format)[] All { get; } =
    [
        ("csv", DataFormat.Csv), ("idx", DataFormat.Idx), ("cifar", DataFormat.Cifar), ("images", DataFormat.Images),
        ("segmentation", DataFormat.Segmentation), ("keypoints", DataFormat.Keypoints), ("series", DataFormat.Series),
        ("text", DataFormat.Text),
    ];

    /// <summary>The word for a format.</summary>
    public static string Of(DataFormat format) => All.First(known => known.Format == format).Word;
}
