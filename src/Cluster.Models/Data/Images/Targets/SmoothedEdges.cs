using System.Globalization;

namespace SearchCluster.Models.Data.Images.Targets;

/// <summary>Finds values that smoothing draws where two classes meet, each of which would be a class of a few pixels.</summary>
/// <remarks>A value counts where at least <see cref="Share"/> of its pixels lie between two neighbours of which they are a mixture. One or
/// two such values may be drawn (a contour), many are not.</remarks>
internal sealed class SmoothedEdges
{
    private const int FewestValues = 4;
    private const double Share = 0.6;

    private readonly Dictionary<TargetValue, long> _between = [];

    /// <summary>Looks at a target.</summary>
    public void Add(TargetImage target)
    {
        var (values, width, height) = (target.Values, target.Width, target.Height);
        for (var i = 0; i < values.Length; i++)
        {
            var (y, x, value) = (i / width, i % width, values[i]);
            var (hasSides, hasEnds) = (x > 0 && x < width - 1, y > 0 && y < height - 1);
            if ((hasSides && value.IsBetween(values[i - 1], values[i + 1]))
                || (hasEnds && value.IsBetween(values[i - width], values[i + width]))
                || (hasSides && hasEnds && (value.IsBetween(values[i - width - 1], values[i + width + 1])
                    || value.IsBetween(values[i - width + 1], values[i + width - 1]))))
            {
                _between[value] = _between.GetValueOrDefault(value) + 1;
            }
        }
    }

    /// <summary>Tells of such values; none where there are few.</summary>
    /// <param name="name">The data, for the sentence.</param>
    /// <param name="pixels">Pixels of each value.</param>
    public IEnumerable<string> Notes(string name, IReadOnlyDictionary<TargetValue, long> pixels)
    {
        TargetValue[] mixed = [.. _between.Where(entry => entry.Value >= Share * pixels[entry.Key]).Select(entry => entry.Key).Order()];
        if (mixed.Length >= FewestValues)
        {
            var rarest = mixed.MinBy(value => pixels[value]);
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}: {mixed.Length} of {pixels.Count} colours of the targets, "
                + $"such as {rarest.Label()} with {pixels[rarest]} pixel(s), lie mostly where two others meet and are mixtures of them, as "
                + $"smoothing draws edges, and each is a class here. Draw and scale targets without smoothing (nearest neighbour), and "
                + $"save one colour for each class.");
        }
    }
}
