namespace SearchCluster.Search.Analysis.Forests;

/// <summary>One node of a regression tree.</summary>
/// <param name="Axis">The axis that it splits; -1 for a leaf.</param>
/// <param name="Threshold">Places below it go left; not read where there are level sets.</param>
/// <param name="LeftLevels">For an axis without order: which levels go left; null for a threshold.</param>
/// <param name="Left">Index of the left child.</param>
/// <param name="Right">Index of the right child.</param>
/// <param name="Value">Prediction of a leaf.</param>
internal readonly record struct TreeNode(int Axis, double Threshold, bool[]? LeftLevels, int Left, int Right, double Value)
{
    /// <summary>Makes a leaf.</summary>
    public static TreeNode Leaf(double value) => new(-1, 0, null, -1, -1, value);
}
