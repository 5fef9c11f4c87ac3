namespace SearchCluster.Models.Data.Images.Targets;

/// <summary>Which class each value of the targets is, and which one is none.</summary>
/// <remarks>The order of classes is that of red, green, blue; numbers above 255 follow. Black is no class in colour targets unless
/// <c>data.images.void</c> says otherwise.</remarks>
/// <param name="Labels">Names of the classes, in order.</param>
/// <param name="Void">The value that is no class, where one is.</param>
internal sealed record TargetClasses(ValueArray<string> Labels, TargetValue? Void)
{
    public const string NoVoid = "none";

    private const int MaximumClasses = 256;

    private readonly Dictionary<TargetValue, short> _classes = [];

    /// <summary>Class of a value; -1 for void.</summary>
    public short Of(TargetValue value) => _classes[value];

    /// <summary>Which value is no class in the targets that a model learned from; null for other models.</summary>
    public static string? VoidOf(DataShape shape)
    {
        if (shape.Target != TargetKind.Mask || shape.Void is not null)
        {
            return shape.Void;
        }

        // Earlier releases did not say it: black was void in colours.
        var isGrey = shape.ClassLabels.All(label => TargetValue.Parse(label) is { Number: not null });
        return isGrey || shape.ClassLabels.Contains(TargetValue.Black.Label()) ? NoVoid : TargetValue.Black.Label();
    }

    /// <summary>Finds the classes.</summary>
    /// <param name="name">The data, for messages.</param>
    /// <param name="seen">All values that occur.</param>
    /// <param name="wanted">Which value is no class, as the spec says; null to tell from the colours.</param>
    /// <exception cref="DataException">SC3105: too few, too many, or values of two kinds.</exception>
    public static TargetClasses Of(string name, SeenTargets seen, string? wanted)
    {
        var isGrey = seen.Values.All(value => value.Number is not null);
        if (!isGrey && seen.Values.Any(value => value.IsLarge))
        {
            throw new DataException(DataCodes.Targets, $"{name}: some targets are grey of 16 bits with numbers of classes up to "
                + $"{seen.Values.Max.Number}, others are in colours, but targets need one kind; save all of them in the same way.");
        }

        if (wanted is not (null or NoVoid) && TargetValue.Parse(wanted) is null)
        {
            throw new DataException(DataCodes.Targets, $"{name}: void is '{DisplayText.Shorten(wanted)}', but must be a colour #rrggbb, "
                + $"a number of grey from 0 to {TargetValue.MaximumNumber}, or {NoVoid}.");
        }

        var nothing = wanted is null ? (isGrey ? null : (TargetValue?)TargetValue.Black) : TargetValue.Parse(wanted);
        TargetValue[] values = [.. seen.Values.Where(value => value != nothing)];
        var classes = new TargetClasses(values.Select(value => value.Label()).ToValueArray(), nothing);
        for (var k = 0; k < values.Length; k++)
        {
            classes._classes.Add(values[k], (short)Math.Min(k, MaximumClasses));
        }

        if (nothing is { } one)
        {
            classes._classes.Add(one, -1);
        }

        return values.Length is >= 2 and <= MaximumClasses ? classes : throw Refused(name, seen, values, wanted, nothing);
    }

    private static DataException Refused(string name, SeenTargets seen, TargetValue[] values, string? wanted, TargetValue? nothing)
    {
        var listed = values.Length is 0 or > MaximumClasses ? "" : $" ({values[0].Label()})";
        var beside = nothing is { } one && seen.Values.Contains(one) ? $" beside {one.Label()}, which is no class" : "";
        var cause = values.Length < 2
            ? beside.Length == 0 ? "draw each class in a colour or grey of its own"
                : wanted is null ? "black is void in colour targets; where it is a class (as the background of PASCAL VOC), write "
                    + "data.images.void: none"
                : "correct data.images.void"
            : seen.Lossy > 0 ? $"{seen.Lossy} of the targets are JPEG or lossy WebP files, which change colours; draw them anew and save "
                + "them as PNG"
            : "targets that were scaled with smoothing, photographs, or numbers of instances rather than of classes have so many; save "
                + "one colour or grey for each class";
        return new(DataCodes.Targets, $"{name}: the targets have {values.Length} "
            + $"{(values.Length == 1 ? "class" : "classes")}{listed}{beside}, but there must be 2 to {MaximumClasses}; {cause}.");
    }
}
