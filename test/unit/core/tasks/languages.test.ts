// Code as people write it in many languages: functions, smells and comments are read from it.
import { describe, expect, it } from 'vitest';
import { findSmells } from '../../../../src/core/tasks/codeSmells.ts';
import { changesOnlyComments } from '../../../../src/core/tasks/document.ts';
import { findFunctions } from '../../../../src/core/tasks/functionBlocks.ts';

interface Sample {
  readonly languageId: string;
  readonly code: string;
  /** "name start-end parameters", lines from 0. */
  readonly functions: readonly string[];
  /** "kind line". */
  readonly smells: readonly string[];
  /** Replaced in the code: a comment in, and a change of code. */
  readonly comment: readonly [from: string, to: string];
  readonly change: readonly [from: string, to: string];
}

const samples: Readonly<Record<string, Sample>> = {
  TypeScript: {
    languageId: 'typescript',
    code: `
import { read } from './read';

export class Cart {
  readonly #items: Item[] = [];

  constructor(private readonly prices: Prices, readonly currency = 'EUR') {
    this.#items = [];
  }

  async total(options: { tax: boolean; round?: boolean }): Promise<number> {
    const sum = this.#items.reduce((all, item) => all + this.prices.of(item), 0);
    if (options.tax && options.round && sum > 100 && sum < 10_000) {
      return Math.round(sum * 1.19);
    }
    return sum;
  }
}

export const byName = (left: Item, right: Item): number => {
  return left.name.localeCompare(right.name);
};
`,
    functions: ['constructor 6-8 2', 'total 10-16 1', 'byName 19-21 2'],
    smells: ['long-condition 12'],
    comment: ['  async total(', '  /** With or without tax. */\n  async total('],
    change: ['1.19', '1.2'],
  },

  TSX: {
    languageId: 'typescriptreact',
    code: `
export function Price({ value }: { value: any }) {
  const shown = format(value);
  return (
    <span className="price" title={\`\${shown} // net\`}>
      {shown}
    </span>
  );
}
`,
    functions: ['Price 1-8 1'],
    smells: ['any-type 1'],
    comment: ['  return (', '  // Net price.\n  return ('],
    change: ['className="price"', 'className="prices"'],
  },

  Python: {
    languageId: 'python',
    code: `
class Cart:
    """Holds items."""

    def __init__(self, prices, currency="EUR"):
        self.items = []

    async def total(
        self,
        tax: bool = True,
        *,
        round_to: int = 2,
    ) -> float:
        if tax and self.items and round_to and self.prices:
            return round(sum(self.items) * 1.19, round_to)
        return 0


def by_name(item):
    return item.name  # as shown
`,
    functions: ['__init__ 4-5 2', 'total 7-15 2', 'by_name 18-19 1'],
    smells: ['long-condition 13'],
    comment: ['def by_name(item):\n', 'def by_name(item):\n    """Sorts by name."""\n'],
    change: ['return 0', 'return 1'],
  },

  Go: {
    languageId: 'go',
    code: `
package cart

func NewCart(prices Prices) *Cart {
	return &Cart{prices: prices}
}

func (c *Cart) Total(tax bool) float64 {
	if tax && c.open && len(c.items) > 0 || c.forced {
		return c.sum() * 1.19
	}
	return 0
}

var handlers = map[string]func(int) int{
	"double": func(x int) int { return x * 2 },
}
`,
    functions: ['NewCart 3-5 1', 'Total 7-12 1'],
    smells: ['long-condition 8'],
    comment: ['func NewCart', '// NewCart makes an empty cart.\nfunc NewCart'],
    change: ['1.19', '1.07'],
  },

  Rust: {
    languageId: 'rust',
    code: `
impl<'a> Cart<'a> {
    pub fn new(prices: &'a Prices) -> Self {
        Self { prices, items: vec![] }
    }

    /// With tax.
    pub fn total(&self, tax: bool, round: Option<u32>) -> Result<f64, Error> {
        if tax && self.open && !self.items.is_empty() && round.is_some() {
            return Ok(self.sum() * 1.19);
        }
        Ok(0.0)
    }
}
`,
    functions: ['new 2-4 1', 'total 7-12 2'],
    smells: ['long-condition 8'],
    comment: ['    pub fn new', '    /// An empty cart.\n    pub fn new'],
    change: ['Ok(0.0)', 'Ok(1.0)'],
  },

  Java: {
    languageId: 'java',
    code: `
public class Cart<T extends Item> {
    private final List<T> items = new ArrayList<>();

    public Cart(Prices prices) {
        this.prices = prices;
    }

    @Override
    public synchronized <R> BigDecimal total(boolean tax, Map<String, R> options) throws CartException {
        for (T item : items) {
            if (tax && item.isOpen() && options != null && !options.isEmpty()) {
                return item.price();
            }
        }
        return BigDecimal.ZERO;
    }
}
`,
    functions: ['Cart 4-6 1', 'total 9-16 2'],
    smells: ['long-condition 11'],
    comment: ['    public Cart(', '    /** An empty cart. */\n    public Cart('],
    change: ['BigDecimal.ZERO', 'BigDecimal.ONE'],
  },

  'C#': {
    languageId: 'csharp',
    code: `
public sealed class Cart
{
    public Cart(IPrices prices)
    {
        _prices = prices;
    }

    public async Task<decimal> TotalAsync(bool tax, int digits = 2)
    {
        var label = "a { b";
        return tax ? await SumAsync() : 0m;
    }
}
`,
    functions: ['Cart 3-6 1', 'TotalAsync 8-12 2'],
    smells: [],
    comment: ['    public Cart(', '    /// <summary>An empty cart.</summary>\n    public Cart('],
    change: ['"a { b"', '"a } b"'],
  },

  Kotlin: {
    languageId: 'kotlin',
    code: `
class Cart(private val prices: Prices) {
    fun total(tax: Boolean, digits: Int = 2): Double {
        return if (tax) sum() else 0.0
    }

    private suspend fun load(id: String): List<Item> {
        return api.items(id)
    }
}
`,
    functions: ['total 2-4 2', 'load 6-8 1'],
    smells: [],
    comment: ['    fun total', '    /** With or without tax. */\n    fun total'],
    change: ['0.0', '1.0'],
  },

  'C++': {
    languageId: 'cpp',
    code: `
#include "cart.h"

double Cart::total(bool tax, const std::vector<int>& digits) const {
  if (!tax) return 0;
  return sum() * 1.19;
}

static int count(void)
{
  return 1;
}
`,
    functions: ['total 3-6 2', 'count 8-11 1'],
    smells: [],
    comment: ['static int', '// How many.\nstatic int'],
    change: ['return 1;', 'return 2;'],
  },

  PHP: {
    languageId: 'php',
    code: `<?php
class Cart
{
    # An old comment.
    public function total(bool $tax = true, ?int $digits = null): float
    {
        if ($tax && $digits && $this->open && $this->items) {
            return $this->sum() * 1.19;
        }
        return 0.0;
    }
}
`,
    functions: ['total 4-10 2'],
    smells: ['long-condition 6'],
    comment: ['# An old comment.', '# A new comment.'],
    change: ['return 0.0', 'return 1.0'],
  },

  Swift: {
    languageId: 'swift',
    code: `
struct Cart {
    func total(tax: Bool, digits: Int = 2) -> Double {
        guard tax else { return 0 }
        return sum() * 1.19
    }
}
`,
    functions: ['total 2-5 2'],
    smells: [],
    comment: ['    func total', '    /// With or without tax.\n    func total'],
    change: ['return 0', 'return 1'],
  },
};

describe('code in many languages', () => {
  for (const [name, sample] of Object.entries(samples)) {
    const { languageId, code, functions, smells, comment, change } = sample;

    it(`${name}: functions are found where they are`, () => {
      expect(findFunctions(code, languageId).map((block) => `${block.name} ${block.startLine}-${block.endLine} ${block.parameters}`)).toEqual(functions);
    });

    it(`${name}: only what smells is said to`, () => {
      expect(findSmells(code, languageId).map(({ kind, line }) => `${kind} ${line}`)).toEqual(smells);
    });

    it(`${name}: a comment is no change of code, a change is`, () => {
      const [commentFrom, commentTo] = comment;
      const [changeFrom, changeTo] = change;
      expect(code).toContain(commentFrom);
      expect(code).toContain(changeFrom);
      expect(changesOnlyComments(code, code.replace(commentFrom, commentTo), languageId)).toBe(true);
      expect(changesOnlyComments(code, code.replace(changeFrom, changeTo), languageId)).toBe(false);
    });
  }
});
