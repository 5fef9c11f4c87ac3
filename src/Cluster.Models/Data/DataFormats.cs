namespace SearchCluster.Models.Data;

/// <summary>Tells the layout of data from names.</summary>
internal static class DataFormats
{
    /// <summary>Recognises the layout of a file or folder.</summary>
    /// <exception cref="DataException">SC3000: nothing is there, or nothing known.</exception>
    public static DataFormat Recognise(string path)
    {
        if (Directory.Exists(path))
        {
            return IdxFiles.Find(path) is not null
                ? DataFormat.Idx
                : throw new DataException("SC3000", $"Folder '{DisplayText.Shorten(path)}' holds nothing that this release reads; name its layout with data.format.");
        }

        // A file that is missing is told by whoever opens it.
        return DataFormat.Csv;
    }
}
