import { useQuery } from '@tanstack/react-query';
import { type ClipboardEvent, useRef } from 'react';
import type { PaperSize } from './page-layout.ts';
import { joinWords, layWord } from './text-layer-words.ts';
import { pageWordsQuery } from './viewer-queries.ts';

interface TextLayerProps {
  documentId: string;
  number: number;
  paper: PaperSize;
}

/**
 * The words of a page over its image, not seen but to be selected and copied, each where it is printed: also words that stand
 * on their head or run up or down. Decorative to others, who have the text beside the page.
 */
export function TextLayer({ documentId, number, paper }: TextLayerProps) {
  const { data: words = [] } = useQuery(pageWordsQuery(documentId, number));
  const layer = useRef<SVGSVGElement>(null);
  const onCopy = (event: ClipboardEvent) => {
    const selection = getSelection();
    const elements = layer.current?.children;
    if (!selection || !elements) return;
    const chosen = words.filter((_, index) => {
      const element = elements[index];
      return element !== undefined && selection.containsNode(element, true);
    });
    if (chosen.length === 0) return;
    // The browser knows neither the spaces nor the lines between words that stand for themselves.
    event.clipboardData.setData('text/plain', joinWords(chosen, paper));
    event.preventDefault();
  };
  return (
    <svg
      ref={layer}
      aria-hidden
      viewBox={`0 0 ${paper.width} ${paper.height}`}
      preserveAspectRatio="none"
      onCopy={onCopy}
      className="absolute inset-0 size-full cursor-text select-text"
    >
      {words.map((word, index) => {
        const { x, y, size, length, transform } = layWord(word, paper);
        return (
          <text
            key={index}
            x={x}
            y={y}
            transform={transform}
            fontSize={size}
            textLength={length}
            lengthAdjust="spacingAndGlyphs"
            className="fill-transparent"
          >
            {word.text}
          </text>
        );
      })}
    </svg>
  );
}
